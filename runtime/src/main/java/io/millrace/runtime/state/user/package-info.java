/**
 * Keyed state as functions see it: {@code api.state} over the tables of a back end.
 *
 * <p>Way in: {@link io.millrace.runtime.state.user.UserStates}, one for each operator with keys.
 * Threads: confined to the task. Design: {@code docs/design/state.md}.
 */
package io.millrace.runtime.state.user;
