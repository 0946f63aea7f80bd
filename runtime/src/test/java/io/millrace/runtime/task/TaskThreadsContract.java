package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all that gives turns has to keep. */
abstract class TaskThreadsContract {
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final TaskThreads threads = threads(fatal::add, now -> {});

    abstract TaskThreads threads(Consumer<Throwable> fatal, LongConsumer onCheck);

    @AfterEach
    void close() {
        threads.close();
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
        assertThat(latch.await(40, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void settlesAfterATurnAndRunsWhatThatWakes() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Scripted woken =
                new Scripted() {
                    @Override
                    int work() {
                        done = true;
                        ran.countDown();
                        return 1;
                    }
                };
        WorkHandle handle = threads.add(woken, "woken");
        Scripted waking =
                new Scripted() {
                    @Override
                    int work() {
                        done = true;
                        return 1;
                    }

                    @Override
                    public void settle() {
                        handle.wake();
                    }
                };
        threads.start();
        threads.add(waking, "waking").wake();

        await(ran);
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
        WorkHandle first = threads.add(blocking, "work");
        WorkHandle second = threads.add(other, "work");
        threads.start();
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
        threads.start();
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
        WorkHandle entry = threads.add(counting, "work");
        for (int i = 0; i < wakeUps; i++) {
            asked.incrementAndGet();
            entry.wake();
        }

        await(all);
        assertThat(counting.confined).isTrue();
    }

    @Test
    void wakesAtTheTimeThatWasAskedFor() throws InterruptedException {
        threads.start();
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
        threads.add(timed, "work").wake();

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
        WorkHandle entry = threads.add(sleeping, "work");
        WorkHandle second = threads.add(other, "work");
        threads.start();
        entry.wake();
        await(began);

        second.interrupt();
        entry.interrupt();
        await(interrupted);
        second.wake();
        await(next);

        assertThat(nextSawInterrupt).isFalse();
    }

    @Test
    void tellsWhatNoLoopSurvives() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        List<Throwable> seen = new ArrayList<>();
        TaskThreads failing =
                threads(
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
                        },
                        "work")
                .wake();

        await(told);
        failing.close();
        assertThat(seen).hasSize(1).first().isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void givesNoTurnBeforeTheFirstWakeUpAndNoneAfterTheWorkIsDone() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        Scripted once =
                new Scripted() {
                    @Override
                    int work() {
                        turns.incrementAndGet();
                        done = true;
                        ran.countDown();
                        return 1;
                    }
                };
        threads.start();
        WorkHandle handle = threads.add(once, "work");
        assertThat(turns).hasValue(0);
        handle.wake();
        await(ran);
        handle.wake();
        threads.close();

        assertThat(turns).hasValue(1);
    }

    @Test
    void joinsItsThreadsWhenItCloses() throws InterruptedException {
        AtomicReference<Thread> giver = new AtomicReference<>();
        CountDownLatch ran = new CountDownLatch(1);
        threads.start();
        threads.add(
                        new Scripted() {
                            @Override
                            int work() {
                                giver.set(Thread.currentThread());
                                ran.countDown();
                                return 0;
                            }
                        },
                        "work")
                .wake();
        await(ran);
        threads.close();

        assertThat(giver.get().isAlive()).isFalse();
    }

    @Test
    void checksAgainAndAgainWithoutWork() throws InterruptedException {
        CountDownLatch checks = new CountDownLatch(3);
        try (TaskThreads checked = threads(fatal::add, now -> checks.countDown())) {
            checked.start();
            await(checks);
        }
    }
}
