/**
 * Runs chains: a task is one chain and one subtask, an object with {@code int turn()}, and work
 * loops give it turns. Way in: {@link io.millrace.runtime.task.TaskExecutor}. Threads: a task is
 * confined to whoever runs its turn; other threads have its {@code TaskHandle}, which posts to its
 * mailbox. Design: {@code docs/design/tasks.md}.
 */
package io.millrace.runtime.task;
