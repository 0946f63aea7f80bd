package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.AbstractStreamOperatorFactory;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.OneInputStreamOperatorFactory;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamOperatorParameters;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs whose operators and sinks send mail to their task, on the embedded cluster. */
@Timeout(60)
class OperatorMailProgramsTest {
    private static final Queue<Object> WRITTEN = new ConcurrentLinkedQueue<>();
    private static final CountDownLatch WAITING = new CountDownLatch(1);

    /** Makes operators that know the mailbox. */
    private static final class Factory extends AbstractStreamOperatorFactory<Long>
            implements OneInputStreamOperatorFactory<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final boolean forever;

        Factory(boolean forever) {
            this.forever = forever;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<Long>> T createStreamOperator(
                StreamOperatorParameters<Long> parameters) {
            assertThat(getMailboxExecutor()).isNotNull();
            MailboxExecutor mailbox = parameters.getMailboxExecutor();
            return (T)
                    (forever
                            ? new WaitsForever(parameters, mailbox)
                            : new ByOtherThreads(parameters, mailbox));
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return StreamOperator.class;
        }
    }

    /** Has each number doubled by another thread, at most two at a time. */
    private static final class ByOtherThreads extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final transient MailboxExecutor mailbox;
        private int open;

        ByOtherThreads(StreamOperatorParameters<Long> parameters, MailboxExecutor mailbox) {
            super(parameters);
            this.mailbox = mailbox;
        }

        @Override
        public void processElement(StreamRecord<Long> element) throws Exception {
            while (open == 2) {
                mailbox.yield();
            }
            open++;
            long number = element.getValue();
            CompletableFuture.supplyAsync(() -> number * 2)
                    .thenAccept(
                            doubled -> mailbox.execute(() -> emit(doubled), "emits %d", doubled));
        }

        private void emit(long number) {
            if (number < 0) {
                throw new IllegalArgumentException("below zero");
            }
            open--;
            output.collect(new StreamRecord<>(number));
        }

        @Override
        public void finish() throws Exception {
            while (open > 0) {
                mailbox.yield();
            }
        }
    }

    /** Waits for mail that nobody sends. */
    private static final class WaitsForever extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final transient MailboxExecutor mailbox;

        WaitsForever(StreamOperatorParameters<Long> parameters, MailboxExecutor mailbox) {
            super(parameters);
            this.mailbox = mailbox;
        }

        @Override
        public void processElement(StreamRecord<Long> element) throws Exception {
            WAITING.countDown();
            mailbox.yield();
        }
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        return env;
    }

    @Test
    void anOperatorWaitsForWhatOtherThreadsSend() throws Exception {
        List<Long> doubled =
                environment()
                        .fromSequence(1, 1000)
                        .transform("twice", Types.LONG, new Factory(false))
                        .executeAndCollect(2000);

        assertThat(doubled)
                .hasSize(1000)
                .allMatch(number -> number % 2 == 0)
                .doesNotHaveDuplicates();
    }

    @Test
    void mailThatFailsFailsTheJobWithItsOperator() {
        assertThatThrownBy(
                        () ->
                                environment()
                                        .fromSequence(-1, 5)
                                        .transform("twice", Types.LONG, new Factory(false))
                                        .executeAndCollect(10))
                .hasStackTraceContaining("twice")
                .hasStackTraceContaining("below zero");
    }

    @Test
    void anOperatorThatWaitsForeverCanBeCancelled() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 5).transform("waits", Types.LONG, new Factory(true)).print();

        JobClient client = env.executeAsync();
        WAITING.await();
        client.cancel().get();

        assertThatThrownBy(() -> client.getJobExecutionResult().get())
                .hasStackTraceContaining("cancel");
    }

    /** Writes on other threads; what was written is noted on the writer's own. */
    private static final class NotingSink implements Sink<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            MailboxExecutor mailbox = context.getMailboxExecutor();
            return new SinkWriter<>() {
                private final Queue<Long> noted = new ArrayDeque<>();
                private int open;

                @Override
                public void write(Long element, Context writerContext) {
                    open++;
                    CompletableFuture.runAsync(
                            () ->
                                    mailbox.execute(
                                            () -> {
                                                noted.add(element);
                                                open--;
                                            },
                                            "notes"));
                }

                @Override
                public void flush(boolean endOfInput) throws InterruptedException {
                    while (open > 0) {
                        mailbox.yield();
                    }
                    WRITTEN.addAll(noted);
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void aWriterWaitsForWhatItHasBegun() throws Exception {
        WRITTEN.clear();
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 100).sinkTo(new NotingSink());

        env.execute();

        assertThat(WRITTEN).hasSize(100);
    }
}
