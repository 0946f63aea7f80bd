package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class WorkLoopsTest extends TaskThreadsContract {
    @Override
    TaskThreads threads(Consumer<Throwable> fatal, LongConsumer onCheck) {
        return new WorkLoops(1, TimeUnit.MILLISECONDS.toNanos(10), fatal, onCheck);
    }

    /** Two loops and no monitor that would replace one: only help makes the others run. */
    private static WorkLoops twoLoops() {
        return new WorkLoops(2, TimeUnit.HOURS.toNanos(1), error -> {}, now -> {});
    }

    /** Work that is never done and wants no turn at a time. */
    private interface Endless extends Turnable {
        @Override
        default boolean isDone() {
            return false;
        }

        @Override
        default long nextTurnNanos() {
            return Long.MAX_VALUE;
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void anotherLoopTakesWhatIsWokenDuringALongTurn() {
        CountDownLatch otherRan = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        AtomicReference<WorkHandle> other = new AtomicReference<>();
        try (WorkLoops loops = twoLoops()) {
            Endless busy =
                    new Endless() {
                        private int turns;

                        @Override
                        public int turn() {
                            if (turns++ == 0) {
                                long untilNanos = System.nanoTime() + 200_000;
                                // The turn is busy, not waiting: a loop that parks is idle.
                                while (System.nanoTime() < untilNanos) {
                                    Thread.onSpinWait();
                                }
                                return 1;
                            }
                            if (turns == 2) {
                                other.get().wake();
                                inTime.set(await(otherRan));
                                ended.countDown();
                            }
                            return 0;
                        }
                    };
            Endless quick =
                    () -> {
                        otherRan.countDown();
                        return 0;
                    };
            WorkHandle first = loops.add(busy, "lane 0");
            loops.add(quick, "lane 1");
            other.set(loops.add(quick, "lane 0 again"));
            loops.start();
            first.wake();
            assertThat(await(ended)).isTrue();
        }

        assertThat(inTime).isTrue();
    }

    @Test
    void twoBusyEntriesOfOneLaneEndUpOnTwoLoops() {
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<Thread> lastOfFirst = new AtomicReference<>();
        AtomicReference<Thread> lastOfSecond = new AtomicReference<>();
        try (WorkLoops loops = twoLoops()) {
            WorkHandle first = loops.add(busyUntilApart(both, lastOfFirst, lastOfSecond), "lane 0");
            loops.add((Endless) () -> 0, "lane 1");
            WorkHandle second =
                    loops.add(busyUntilApart(both, lastOfSecond, lastOfFirst), "lane 0 again");
            loops.start();
            first.wake();
            second.wake();
            assertThat(await(both)).isTrue();
        }
    }

    private static Endless busyUntilApart(
            CountDownLatch apart, AtomicReference<Thread> own, AtomicReference<Thread> others) {
        return new Endless() {
            private boolean counted;

            @Override
            public int turn() {
                own.set(Thread.currentThread());
                Thread other = others.get();
                if (!counted && other != null && other != own.get()) {
                    counted = true;
                    apart.countDown();
                }
                return 1;
            }
        };
    }
}
