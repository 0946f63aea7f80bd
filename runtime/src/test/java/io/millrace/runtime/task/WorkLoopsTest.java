package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkLoopsTest {
    private static final long TURN_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final WorkLoops loops = new WorkLoops(1, TURN_LIMIT_NANOS, fatal::add, now -> {});

    @AfterEach
    void close() {
        loops.close();
    }

    /** Work that a test scripts. */
    private static class Scripted implements Turnable {
        private final AtomicBoolean inTurn = new AtomicBoolean();
        volatile boolean done;
        volatile boolean confined = true;

        int work() throws InterruptedException {
            return 0;
        }

        @Override
        public int turn() {
            confined &= inTurn.compareAndSet(false, true);
            try {
                return work();
            } catch (InterruptedException e) {
                return 0;
            } finally {
                inTurn.set(false);
            }
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public long nextTurnNanos() {
            return Long.MAX_VALUE;
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesOthersAThreadWhenOneBlocks() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch otherRan = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        Scripted blocking =
                new Scripted() {
                    @Override
                    int work() throws InterruptedException {
                        release.await();
                        done = true;
                        finished.countDown();
                        return 1;
                    }
                };
        Scripted other =
                new Scripted() {
                    @Override
                    int work() {
                        otherRan.countDown();
                        return 0;
                    }
                };
        LoopEntry first = loops.add(blocking);
        LoopEntry second = loops.add(other);
        loops.start();
        first.wake();
        second.wake();

        await(otherRan);
        release.countDown();
        await(finished);

        assertThat(blocking.confined).isTrue();
        assertThat(fatal).isEmpty();
    }

    @Test
    void losesNoWakeUp() throws InterruptedException {
        loops.start();
        int wakeUps = 100_000;
        CountDownLatch all = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Scripted counting =
                new Scripted() {
                    private int seen;

                    @Override
                    int work() {
                        int now = asked.get();
                        int news = now - seen;
                        seen = now;
                        if (now == wakeUps) {
                            all.countDown();
                        }
                        return news > 0 ? 1 : 0;
                    }
                };
        LoopEntry entry = loops.add(counting);
        for (int i = 0; i < wakeUps; i++) {
            asked.incrementAndGet();
            entry.wake();
        }

        await(all);
        assertThat(counting.confined).isTrue();
    }

    @Test
    void wakesAtTheTimeThatWasAskedFor() throws InterruptedException {
        loops.start();
        CountDownLatch twice = new CountDownLatch(2);
        Scripted timed =
                new Scripted() {
                    @Override
                    int work() {
                        twice.countDown();
                        return 0;
                    }

                    @Override
                    public long nextTurnNanos() {
                        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
                    }
                };
        loops.add(timed).wake();

        await(twice);
    }

    @Test
    void interruptsOnlyTheTurnThatIsMeant() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        AtomicBoolean nextSawInterrupt = new AtomicBoolean();
        Scripted sleeping =
                new Scripted() {
                    @Override
                    int work() throws InterruptedException {
                        began.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            done = true;
                            interrupted.countDown();
                        }
                        return 1;
                    }
                };
        Scripted other =
                new Scripted() {
                    @Override
                    int work() {
                        nextSawInterrupt.set(Thread.currentThread().isInterrupted());
                        next.countDown();
                        return 0;
                    }
                };
        LoopEntry entry = loops.add(sleeping);
        LoopEntry second = loops.add(other);
        loops.start();
        entry.wake();
        await(began);

        loops.interrupt(second);
        loops.interrupt(entry);
        await(interrupted);
        second.wake();
        await(next);

        assertThat(nextSawInterrupt).isFalse();
    }

    @Test
    void tellsWhatNoLoopSurvives() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        List<Throwable> seen = new ArrayList<>();
        WorkLoops failing =
                new WorkLoops(
                        1,
                        TURN_LIMIT_NANOS,
                        error -> {
                            seen.add(error);
                            told.countDown();
                        },
                        now -> {});
        failing.start();
        failing.add(
                        new Scripted() {
                            @Override
                            int work() {
                                throw new OutOfMemoryError("as if");
                            }
                        })
                .wake();

        await(told);
        failing.close();
        assertThat(seen).hasSize(1).first().isInstanceOf(OutOfMemoryError.class);
    }
}
