package io.millrace.worker;

import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.stored.ResultTransport;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.task.TaskExecutor;
import io.millrace.runtime.task.TaskListener;
import java.util.function.Consumer;

/** Makes the task executor of a worker, once the worker knows its address. Called once. */
public interface TaskExecutorFactory {
    /**
     * @param exchange local and remote; the worker closes it after the executor
     * @param results brings what stages keep from worker to worker; part of the exchange
     * @param listener takes what the tasks say, from any thread
     * @param fatal told what the worker should not survive, from any thread
     */
    TaskExecutor create(
            WorkerAddress self,
            Exchange exchange,
            ResultTransport results,
            TaskListener listener,
            Consumer<Throwable> fatal);
}
