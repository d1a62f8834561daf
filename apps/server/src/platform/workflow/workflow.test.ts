import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findingWorkflow } from '#modules/supervision/findings/finding-workflow.ts';
import { openWorkflow } from './workflow.ts';

const definition = findingWorkflow().definition;

it('refuses a definition with an unknown, unreachable or inescapable state', () => {
  const broken = (change: (copy: typeof definition) => void) => {
    const copy = structuredClone(definition);
    change(copy);
    return () => openWorkflow(copy);
  };
  expect(broken((copy) => (copy.transitions[0]!.to = 'nowhere'))).toThrow(/unknown state nowhere/);
  expect(broken((copy) => copy.states.push({ code: 'island', zh: '孤岛', en: 'Island' }))).toThrow(/can never be reached/);
  expect(broken((copy) => (copy.transitions = copy.transitions.filter((one) => one.action !== 'close')))).toThrow(/can never be reached|can never be left/);
  expect(broken((copy) => copy.transitions.push(copy.transitions[0]!))).toThrow(/defined twice/);
});

it('whatever people do in whatever order, a finding is in a known state and a closed one stays closed', () => {
  const workflow = findingWorkflow();
  const actions = [...new Set(definition.transitions.map((one) => one.action))];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 30 }), (sequence) => {
      let state = definition.initial;
      let decided = false;
      for (const action of sequence) {
        const next = workflow.find(state, action);
        if (!next) continue;
        expect(definition.final).not.toContain(state);
        if (action === 'decide') decided = true;
        state = next.to;
        if (state === 'closed') expect(decided).toBe(true);
      }
      expect(definition.states.map((one) => one.code)).toContain(state);
    }),
  );
});

it('no state before somebody is responsible has a deadline', () => {
  expect(findingWorkflow().dueWorkingDays('signal')).toBeUndefined();
});
