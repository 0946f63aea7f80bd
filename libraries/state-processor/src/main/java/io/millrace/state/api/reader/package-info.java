/**
 * Input formats over the state of one operator, cut into splits by key groups or subtasks. Made by
 * {@link io.millrace.state.api.SavepointReader}; confined to a task while they read.
 */
package io.millrace.state.api.reader;
