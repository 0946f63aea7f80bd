package io.millrace.runtime.task;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

class WorkLoopsTest extends TaskThreadsContract {
    @Override
    TaskThreads threads(Consumer<Throwable> fatal, LongConsumer onCheck) {
        return new WorkLoops(1, TimeUnit.MILLISECONDS.toNanos(10), fatal, onCheck);
    }
}
