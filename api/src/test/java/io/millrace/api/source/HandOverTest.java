package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandOverTest {
    private final List<Long> taken = new ArrayList<>();
    private final FakeOutput<Long> output = new FakeOutput<>(taken);
    private final HandOver<Long> handOver = new HandOver<>();

    @Test
    void aRecordForAnIdleTaskWakesItAtOnce() throws Exception {
        assertThat(handOver.take(output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletableFuture<Void> available = handOver.available();
        assertThat(available).isNotDone();

        handOver.addRecord(1L, HandOver.NO_TIMESTAMP);

        assertThat(available).isDone();
        assertThat(handOver.take(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(taken).containsExactly(1L);
    }

    @Test
    void whatCameBetweenThePollAndTheWaitIsAvailable() {
        handOver.addRecord(1L, HandOver.NO_TIMESTAMP);
        assertThat(handOver.available()).isDone();
    }

    @Test
    void theEndComesBehindTheRecords() throws Exception {
        handOver.addRecord(1L, HandOver.NO_TIMESTAMP);
        handOver.end(new IllegalStateException("broken"));
        assertThat(handOver.take(output, 10)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThatThrownBy(() -> handOver.take(output, 10)).hasMessage("broken");
    }

    @Test
    void addingBehindTheEndIsAnErrorThatNamesTheThread() {
        handOver.end(null);
        assertThatThrownBy(() -> handOver.addRecord(1L, HandOver.NO_TIMESTAMP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Thread.currentThread().getName());
    }

    @Test
    void nothingIsLostOrSwappedBetweenAFastAdderAndATaskThatSleeps() throws Exception {
        int records = 2_000_000;
        Thread adder =
                new Thread(
                        () -> {
                            for (long i = 0; i < records; i++) {
                                handOver.addRecord(i, HandOver.NO_TIMESTAMP);
                                if (i % 10_007 == 0) {
                                    Thread.yield();
                                }
                            }
                            handOver.end(null);
                        });
        adder.start();
        long next = 0;
        InputStatus status;
        while ((status = handOver.take(output, 256)) != InputStatus.END_OF_INPUT) {
            for (long record : taken) {
                assertThat(record).isEqualTo(next++);
            }
            taken.clear();
            if (status == InputStatus.NOTHING_AVAILABLE) {
                handOver.available().get(40, TimeUnit.SECONDS);
            }
        }
        assertThat(next).isEqualTo(records);
    }

    @Test
    void closingFreesAnAdderThatWaitsForSpace() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread adder =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    handOver.addRecord(1L, HandOver.NO_TIMESTAMP);
                                }
                            } catch (Throwable e) {
                                thrown.complete(e);
                            }
                        });
        adder.start();
        Await.until("the adder waits", adder::getState, Thread.State.WAITING::equals);
        assertThat(handOver.close()).isFalse();
        assertThat(thrown.get(40, TimeUnit.SECONDS)).isInstanceOf(SourceCanceledException.class);
    }
}
