/**
 * How far two records are from each other, for triggers and evictors that go by it. Way in: {@link
 * io.millrace.api.window.delta.DeltaFunction}. Pure; on the task's thread.
 */
package io.millrace.api.window.delta;
