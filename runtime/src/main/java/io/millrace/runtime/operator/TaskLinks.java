package io.millrace.runtime.operator;

import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.util.function.Consumer;

/**
 * What a task gives to the parts of its chain.
 *
 * @param wake to be run when a channel has an item or space again; any thread
 * @param waiter for outputs that must wait
 * @param mailbox takes what is to run on the task's thread between two chunks; any thread
 * @param timers calls at a time, on the task's thread between two chunks
 * @param steady calls at intervals, also if the machine's clock is set
 * @param mail what the chain's operators send to the task's thread
 * @param guard knows whether a thread is in a turn of the task
 */
public record TaskLinks(
        Runnable wake,
        EdgeOutput.SpaceWaiter waiter,
        Consumer<Runnable> mailbox,
        ProcessingTimers timers,
        SteadyTime steady,
        OperatorMail mail,
        TurnGuard guard) {}
