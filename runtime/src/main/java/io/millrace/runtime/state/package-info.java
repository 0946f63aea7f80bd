/**
 * State of keys: the tables behind {@code ValueState} and its siblings, and the contract of the
 * back ends that keep them.
 *
 * <p>Way in: an operator has one {@link io.millrace.runtime.state.KeyedBackend}; functions see its
 * tables through the states of {@code api.state}. Threads: confined to the task, but for what was
 * frozen. Design: {@code docs/design/state.md}.
 */
package io.millrace.runtime.state;
