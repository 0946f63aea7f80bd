package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.OpenContext;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("deprecation")
class FunctionSourceTest {
    private static final List<String> CALLS = new ArrayList<>();

    @Test
    void aFunctionIsOpenedAndClosedAroundItsRun() throws Exception {
        CALLS.clear();
        SourceReader<String, NumberSequenceSplit> reader = reader(new Rich(false));
        reader.start();
        assertThat(readAll(reader)).containsExactly("record");
        reader.close();
        assertThat(CALLS).containsExactly("open", "run", "close");
    }

    @Test
    void aFunctionThatFailsToOpenIsClosed() {
        CALLS.clear();
        assertThatThrownBy(() -> reader(new Rich(true))).hasMessage("cannot open");
        assertThat(CALLS).containsExactly("open", "close");
    }

    @Test
    void aLoopThatIgnoresItsCancelIsInterrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        SourceReader<String, NumberSequenceSplit> reader =
                reader(
                        new Loop() {
                            @Override
                            public void run(SourceContext<String> ctx) {
                                running.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                }
                            }
                        });
        reader.start();
        running.await();
        reader.close();
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aLoopThatEmitsForeverEndsWithItsTask() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        SourceReader<String, NumberSequenceSplit> reader =
                reader(
                        new Loop() {
                            @Override
                            public void run(SourceContext<String> ctx) {
                                try {
                                    while (true) {
                                        ctx.collect("again");
                                    }
                                } finally {
                                    ended.countDown();
                                }
                            }
                        });
        reader.start();
        reader.close();
        assertThat(ended.await(40, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anotherThreadMayEmitWhileRunWaits() throws Exception {
        SourceReader<String, NumberSequenceSplit> reader =
                reader(
                        new Loop() {
                            @Override
                            public void run(SourceContext<String> ctx) throws Exception {
                                Thread other =
                                        new Thread(
                                                () -> {
                                                    synchronized (ctx.getCheckpointLock()) {
                                                        ctx.collect("from another");
                                                    }
                                                });
                                other.start();
                                other.join();
                            }
                        });
        reader.start();
        assertThat(readAll(reader)).containsExactly("from another");
        reader.close();
    }

    @Test
    void emittingIntoAClosedContextFailsTheTask() throws Exception {
        SourceReader<String, NumberSequenceSplit> reader =
                reader(
                        new Loop() {
                            @Override
                            public void run(SourceContext<String> ctx) {
                                ctx.close();
                                ctx.collect("late");
                            }
                        });
        reader.start();
        assertThatThrownBy(() -> readAll(reader))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed its context");
        reader.close();
    }

    @Test
    void nullIsNoRecord() throws Exception {
        SourceReader<String, NumberSequenceSplit> reader =
                reader(
                        new Loop() {
                            @Override
                            public void run(SourceContext<String> ctx) {
                                ctx.collect(null);
                            }
                        });
        reader.start();
        assertThatThrownBy(() -> readAll(reader)).hasMessageContaining("emitted null");
        reader.close();
    }

    private static SourceReader<String, NumberSequenceSplit> reader(SourceFunction<String> function)
            throws Exception {
        return new FunctionSource<>(function, Types.STRING, Boundedness.CONTINUOUS_UNBOUNDED)
                .createReader(new FakeReaderContext());
    }

    private static List<String> readAll(SourceReader<String, NumberSequenceSplit> reader)
            throws Exception {
        List<String> records = new ArrayList<>();
        FakeOutput<String> output = new FakeOutput<>(records);
        InputStatus status;
        while ((status = reader.pollNext(output)) != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get(40, TimeUnit.SECONDS);
            }
        }
        return records;
    }

    /** A source function that does nothing about its cancel. */
    private abstract static class Loop implements SourceFunction<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void cancel() {}
    }

    /** Says what was called. */
    private static final class Rich extends RichSourceFunction<String> {
        private static final long serialVersionUID = 1L;

        private final boolean fails;

        Rich(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void open(OpenContext openContext) {
            CALLS.add("open");
            if (fails) {
                throw new IllegalStateException("cannot open");
            }
        }

        @Override
        public void run(SourceContext<String> ctx) {
            CALLS.add("run");
            ctx.collect("record");
        }

        @Override
        public void cancel() {
            CALLS.add("cancel");
        }

        @Override
        public void close() {
            CALLS.add("close");
        }
    }
}
