/**
 * State without keys: the lists and broadcast maps of one operator in one subtask, in memory.
 *
 * <p>Way in: {@link io.millrace.runtime.state.unkeyed.UnkeyedStates}. Confined to the task; what is
 * frozen is written on the snapshot thread. Design: {@code docs/design/tasks.md}.
 */
package io.millrace.runtime.state.unkeyed;
