export { projectTables, writeProjectSnapshot } from './project-snapshot.ts';
export { requireProjectForPlan, requireWithinContract } from './project-money-checks.ts';
export { projectPolicyKinds } from './project-policy-kinds.ts';
export { registerProjectRoutes } from './routes.ts';
// the demo city performs these one by one, each under the account of whoever does such things
export { answerShare, decideDistribution, payDistribution, proposeDistribution } from './assets/distribute-income.ts';
export { leaseAsset, receiveIncome } from './assets/lease-asset.ts';
export { inspectAsset, recordAsset, registerAsset } from './assets/record-asset.ts';
export { addProjectDocument, releaseProjectPhoto } from './execution/documents.ts';
export { reportProgress } from './execution/report-progress.ts';
export { createProject } from './pool/declare-project.ts';
export { recordOpinion } from './pool/record-opinion.ts';
export { takeProjectStep } from './pool/take-step.ts';
export { recordProjectVote } from './pool/village-votes.ts';
export { confirmMilestone, payContract, recordInvoice, voidInvoice } from './procurement/pay-contract.ts';
export { amendContract, signContract } from './procurement/sign-contract.ts';
export { awardTender, publishTender, recordBid } from './procurement/tenders.ts';
export { recordVendor } from './procurement/vendors.ts';
