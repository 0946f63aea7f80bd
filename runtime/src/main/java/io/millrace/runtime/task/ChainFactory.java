package io.millrace.runtime.task;

import io.millrace.runtime.operator.TaskLinks;

/** Builds the chain of a task when its first turn comes, on the task's thread. */
@FunctionalInterface
interface ChainFactory {
    Chain build(TaskLinks links) throws Exception;
}
