package io.millrace.runtime.task;

import io.millrace.runtime.exchange.EdgeOutput;

/** Builds the chain of a task when its first turn comes, on the task's thread. */
@FunctionalInterface
interface ChainFactory {
    /**
     * @param wake to be run when a channel has an item or space again; any thread
     * @param waiter for outputs that must wait
     */
    Chain build(Runnable wake, EdgeOutput.SpaceWaiter waiter) throws Exception;
}
