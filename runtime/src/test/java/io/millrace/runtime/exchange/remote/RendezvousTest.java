package io.millrace.runtime.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.remote.Rendezvous.Arrival;
import io.millrace.runtime.exchange.remote.Rendezvous.Outcome;
import io.millrace.runtime.plan.JobId;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final JobId JOB = new JobId("0".repeat(32));
    private static final JobId OTHER_JOB = new JobId("1".repeat(32));

    private final Rendezvous<String, String> rendezvous = new Rendezvous<>(2);

    private static ChannelId channel(int consumer, int attempt) {
        return new ChannelId(JOB, 1, 0, consumer, attempt);
    }

    @Test
    void theEndsMeetInEitherOrder() {
        assertThat(rendezvous.writerArrives(channel(0, 0), "w0").outcome())
                .isEqualTo(Outcome.WAITS);
        assertMet(rendezvous.readerArrives(channel(0, 0), "r0"), "w0", "r0");

        assertThat(rendezvous.readerArrives(channel(1, 0), "r1").outcome())
                .isEqualTo(Outcome.WAITS);
        assertMet(rendezvous.writerArrives(channel(1, 0), "w1"), "w1", "r1");
        assertThat(rendezvous.waitingReaders()).isZero();
    }

    @Test
    void anOlderAttemptIsTurnedAwayForGood() {
        rendezvous.writerArrives(channel(0, 3), "w3");

        assertThat(rendezvous.readerArrives(channel(0, 2), "r2").outcome())
                .isEqualTo(Outcome.STALE);
        assertMet(rendezvous.readerArrives(channel(0, 3), "r3"), "w3", "r3");
        assertThat(rendezvous.writerArrives(channel(0, 2), "w2").outcome())
                .isEqualTo(Outcome.STALE);
    }

    @Test
    void aNewerAttemptSendsAwayWhoStillWaits() {
        rendezvous.readerArrives(channel(0, 0), "r0");
        Arrival<String, String> writer = rendezvous.writerArrives(channel(0, 1), "w1");
        assertThat(writer.outcome()).isEqualTo(Outcome.WAITS);
        assertThat(writer.oldReader()).isEqualTo("r0");

        Arrival<String, String> reader = rendezvous.readerArrives(channel(0, 2), "r2");
        assertThat(reader.outcome()).isEqualTo(Outcome.WAITS);
        assertThat(reader.oldWriter()).isEqualTo("w1");
        assertThat(rendezvous.writerLeaves(channel(0, 1), "w1")).isFalse();
        assertThat(rendezvous.waitingReaders()).isEqualTo(1);
    }

    @Test
    void aNewAttemptMeetsAfterAnOldOneHadMet() {
        rendezvous.writerArrives(channel(0, 0), "w0");
        rendezvous.readerArrives(channel(0, 0), "r0");

        rendezvous.readerArrives(channel(0, 1), "r1");
        assertMet(rendezvous.writerArrives(channel(0, 1), "w1"), "w1", "r1");
    }

    @Test
    void nobodyMeetsTwice() {
        rendezvous.writerArrives(channel(0, 0), "w");
        assertThat(rendezvous.writerArrives(channel(0, 0), "again").outcome())
                .isEqualTo(Outcome.DUPLICATE);
        rendezvous.readerArrives(channel(0, 0), "r");
        assertThat(rendezvous.readerArrives(channel(0, 0), "again").outcome())
                .isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void waitingReadersAreBounded() {
        rendezvous.readerArrives(channel(0, 0), "r0");
        rendezvous.readerArrives(channel(1, 0), "r1");
        assertThat(rendezvous.readerArrives(channel(2, 0), "r2").outcome())
                .isEqualTo(Outcome.TOO_MANY);

        assertThat(rendezvous.readerLeaves(channel(0, 0), "r0")).isTrue();
        assertThat(rendezvous.readerLeaves(channel(0, 0), "r0")).isFalse();
        assertThat(rendezvous.readerArrives(channel(2, 0), "r2").outcome())
                .isEqualTo(Outcome.WAITS);
    }

    @Test
    void releasingAJobReturnsWhoWaitedAndForgetsItsAttempts() {
        ChannelId other = new ChannelId(OTHER_JOB, 1, 0, 0, 0);
        rendezvous.writerArrives(channel(0, 5), "w");
        rendezvous.readerArrives(channel(1, 5), "r");
        rendezvous.writerArrives(other, "of another job");

        assertThat(rendezvous.release(JOB))
                .extracting(Arrival::writer, Arrival::reader)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("w", null),
                        org.assertj.core.groups.Tuple.tuple(null, "r"));
        assertThat(rendezvous.waitingReaders()).isZero();
        assertThat(rendezvous.writerArrives(channel(0, 0), "new").outcome())
                .isEqualTo(Outcome.WAITS);
        assertThat(rendezvous.writerLeaves(other, "of another job")).isTrue();
    }

    private static void assertMet(Arrival<String, String> arrival, String writer, String reader) {
        assertThat(arrival.outcome()).isEqualTo(Outcome.MET);
        assertThat(arrival.writer()).isEqualTo(writer);
        assertThat(arrival.reader()).isEqualTo(reader);
    }
}
