package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.ToWorker.CancelTasks;
import io.millrace.runtime.message.ToWorker.HeartbeatAck;
import io.millrace.runtime.message.ToWorker.Rejected;
import io.millrace.runtime.message.ToWorker.ReleaseJob;
import io.millrace.runtime.message.ToWorker.Shutdown;
import io.millrace.runtime.message.ToWorker.Welcome;
import io.millrace.runtime.plan.JobId;
import io.millrace.worker.WorkerStep.Beat;
import io.millrace.worker.WorkerStep.End;
import io.millrace.worker.WorkerStep.Kind;
import io.millrace.worker.WorkerStep.Obey;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerProtocolTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    private final WorkerProtocol protocol = new WorkerProtocol(30_000, 0);

    private void register(long epoch) {
        assertThat(protocol.onMessage(new Welcome(epoch, 1_000, 5_000), 100).kind())
                .isEqualTo(Kind.NOTHING);
    }

    private static ToWorker release(long epoch) {
        return new ReleaseJob(epoch, JOB);
    }

    @Test
    void beatsAtTheIntervalThatTheCoordinatorNames() {
        assertThat(protocol.onTick(20_000).kind()).as("not registered").isEqualTo(Kind.NOTHING);
        register(1);

        assertThat(protocol.nextTickAtMs()).isEqualTo(1_100);
        assertThat(protocol.onTick(1_099).kind()).isEqualTo(Kind.NOTHING);
        assertThat(protocol.onTick(1_100)).isEqualTo(new Beat(1));
        assertThat(protocol.onTick(1_100).kind()).isEqualTo(Kind.NOTHING);
        assertThat(protocol.onTick(2_150)).isEqualTo(new Beat(2));
        assertThat(protocol.nextTickAtMs()).isEqualTo(3_150);
    }

    @Test
    void doesNotMakeUpForBeatsThatWereMissed() {
        register(1);

        assertThat(protocol.onTick(4_500)).isEqualTo(new Beat(1));
        assertThat(protocol.onTick(4_500).kind()).isEqualTo(Kind.NOTHING);
    }

    @Test
    void endsWhenTheCoordinatorIsSilentForTheTimeout() {
        register(1);
        protocol.onMessage(new HeartbeatAck(1, 1), 1_200);

        assertThat(protocol.onTick(6_199).kind()).isNotEqualTo(Kind.END);
        assertThat(protocol.onTick(6_200))
                .isInstanceOfSatisfying(
                        End.class,
                        end -> {
                            assertThat(end.exit()).isEqualTo(WorkerExit.COORDINATOR_LOST);
                            assertThat(end.reason()).contains("5000 ms");
                        });
    }

    @Test
    void endsWhenItsRegistrationIsNotAnswered() {
        assertThat(protocol.nextTickAtMs()).isEqualTo(30_000);
        assertThat(protocol.onTick(30_000))
                .isInstanceOfSatisfying(
                        End.class,
                        end -> assertThat(end.exit()).isEqualTo(WorkerExit.NOT_REGISTERED));
    }

    @Test
    void everyMessageOfTheLeaderRenewsTheLease() {
        register(1);
        protocol.onMessage(release(1), 4_000);

        assertThat(protocol.onTick(8_999).kind()).isNotEqualTo(Kind.END);
        assertThat(protocol.onTick(9_000).kind()).isEqualTo(Kind.END);
    }

    @Test
    void aFormerLeaderCanNeitherCommandNorKeepAlive() {
        register(2);

        assertThat(protocol.onMessage(release(1), 4_000).kind()).isEqualTo(Kind.NOTHING);
        assertThat(protocol.onMessage(new Shutdown(1, "old"), 4_000).kind())
                .isEqualTo(Kind.NOTHING);
        assertThat(protocol.onMessage(new Rejected(1, "old"), 4_000).kind())
                .isEqualTo(Kind.NOTHING);
        assertThat(protocol.onMessage(new Welcome(1, 1, 1_000_000), 4_000).kind())
                .isEqualTo(Kind.NOTHING);

        assertThat(protocol.ignored()).isEqualTo(4);
        assertThat(protocol.onTick(5_100).kind()).isEqualTo(Kind.END);
    }

    @Test
    void aNewLeaderIsObeyedFromItsFirstMessage() {
        register(1);

        assertThat(protocol.onMessage(release(3), 200)).isEqualTo(new Obey(release(3)));
        assertThat(protocol.epoch()).isEqualTo(3);
        assertThat(protocol.onMessage(release(2), 300).kind()).isEqualTo(Kind.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverObeysALowerEpochThanTheHighestSeen(long seed) {
        Random random = new Random(seed);
        long highest = 0;
        for (int i = 0; i < 1_000; i++) {
            long epoch = random.nextInt(1 + i / 20);
            WorkerStep step = protocol.onMessage(new CancelTasks(epoch, List.of()), i);
            assertThat(step.kind())
                    .as("epoch %s after %s, seed %s", epoch, highest, seed)
                    .isEqualTo(epoch >= highest ? Kind.OBEY : Kind.NOTHING);
            highest = Math.max(highest, epoch);
            assertThat(protocol.epoch()).isEqualTo(highest);
        }
    }

    @Test
    void endsAsTheCoordinatorSays() {
        register(1);

        assertThat(protocol.onMessage(new Shutdown(1, "job done"), 200))
                .isEqualTo(new End(WorkerExit.SHUT_DOWN, "job done"));
        assertThat(protocol.onMessage(new Rejected(1, "unknown"), 200))
                .isEqualTo(new End(WorkerExit.REJECTED, "unknown"));
    }

    @Test
    void runsOnUntilTheLeaseEndsWhenTheConnectionBreaks() {
        register(1);

        assertThat(protocol.onLinkClosed(new IOException("reset"), 0).kind())
                .isEqualTo(Kind.NOTHING);

        assertThat(protocol.nextTickAtMs()).isEqualTo(5_100);
        assertThat(protocol.onTick(1_100).kind())
                .as("no beats into the void")
                .isEqualTo(Kind.NOTHING);
        assertThat(protocol.onTick(5_100))
                .isInstanceOfSatisfying(
                        End.class, end -> assertThat(end.reason()).contains("broke: reset"));
    }

    /** Registered in epoch 1, with results. */
    private static WorkerProtocol withResults() {
        WorkerProtocol made = new WorkerProtocol(1_000, 60_000, () -> true, 0);
        made.onMessage(new Welcome(1, 1_000, 5_000), 100);
        return made;
    }

    @Test
    void keepsResultsForTheNextCoordinatorAndAsksForItAgainAndAgain() {
        WorkerProtocol orphan = withResults();

        assertThat(orphan.onLinkClosed(new IOException("reset"), 200).kind())
                .isEqualTo(Kind.ABANDON);
        assertThat(orphan.onTick(300).kind()).isEqualTo(Kind.NOTHING);
        assertThat(orphan.onTick(700)).isEqualTo(new WorkerStep.Rejoin(1));
        assertThat(orphan.onTick(1_200)).isEqualTo(new WorkerStep.Rejoin(1));
        orphan.onRejoined(1_250);
        assertThat(orphan.onTick(2_200).kind())
                .as("it waits for an answer")
                .isEqualTo(Kind.NOTHING);
        assertThat(orphan.onMessage(new Welcome(2, 1_000, 5_000), 2_240).kind())
                .isEqualTo(Kind.NOTHING);
        assertThat(orphan.onTick(3_240).kind()).isEqualTo(Kind.BEAT);
    }

    @Test
    void asksAgainIfNobodyAnswersOrTheConnectionBreaks() {
        WorkerProtocol orphan = withResults();
        orphan.onTick(5_100);
        orphan.onRejoined(5_700);
        assertThat(orphan.onTick(6_700).kind()).isEqualTo(Kind.REJOIN);
        orphan.onRejoined(6_700);
        assertThat(orphan.onLinkClosed(new IOException("reset"), 6_800).kind())
                .isEqualTo(Kind.NOTHING);
        assertThat(orphan.onTick(7_300).kind()).isEqualTo(Kind.REJOIN);
    }

    @Test
    void doesNotKeepResultsForEver() {
        WorkerProtocol orphan = withResults();
        assertThat(orphan.onTick(5_100).kind()).as("the lease is over").isEqualTo(Kind.ABANDON);
        assertThat(orphan.onTick(65_099).kind()).isEqualTo(Kind.REJOIN);
        assertThat(orphan.onTick(65_100))
                .isInstanceOfSatisfying(
                        End.class,
                        end -> {
                            assertThat(end.exit()).isEqualTo(WorkerExit.COORDINATOR_LOST);
                            assertThat(end.reason()).contains("60000 ms");
                        });
    }

    @Test
    void endsAtOnceWhenTheCoordinatorSaysGoodbye() {
        register(1);

        assertThat(protocol.onLinkClosed(null, 0))
                .isInstanceOfSatisfying(
                        End.class,
                        end -> assertThat(end.exit()).isEqualTo(WorkerExit.COORDINATOR_LOST));
    }
}
