package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class DedicatedThreadsTest extends TaskThreadsContract {
    @Override
    TaskThreads threads(Consumer<Throwable> fatal, LongConsumer onCheck) {
        return new DedicatedThreads(fatal, onCheck);
    }

    @Test
    void namesTheThreadAfterTheWork() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        try (TaskThreads threads = threads(error -> {}, now -> {})) {
            threads.start();
            threads.add(
                            new Turnable() {
                                @Override
                                public int turn() {
                                    name.complete(Thread.currentThread().getName());
                                    return 0;
                                }

                                @Override
                                public boolean isDone() {
                                    return true;
                                }

                                @Override
                                public long nextTurnNanos() {
                                    return Long.MAX_VALUE;
                                }
                            },
                            "task-count-3#0")
                    .wake();

            assertThat(name.get(40, TimeUnit.SECONDS)).isEqualTo("task-count-3#0");
        }
    }
}
