/**
 * Turns the program into what is deployed: chains operators into vertices and decides which
 * channels connect their subtasks. Way in: {@code JobPlanner} from a stream graph, {@link
 * io.millrace.runtime.plan.JobGraph} to read. Pure; immutable values; any thread.
 */
package io.millrace.runtime.plan;
