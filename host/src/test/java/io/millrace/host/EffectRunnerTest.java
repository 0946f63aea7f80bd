package io.millrace.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.checkpoint.Checkpoints;
import io.millrace.host.checkpoint.SavepointFiles;
import io.millrace.host.usercode.Committers;
import io.millrace.host.usercode.Enumerators;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectRunnerTest {
    private static final JobResult RESULT =
            new JobResult(
                    new JobId("0123456789abcdef0123456789abcdef"),
                    "words",
                    JobResult.Outcome.FINISHED,
                    null,
                    4,
                    5,
                    1,
                    2);
    private static final Effect JOURNAL = new Effect.Journal(new JournalEntry.JobEnded(RESULT));
    private static final Effect SEND = new Effect.Send("w1", new ToWorker.Shutdown(1, "done"));
    private static final TimerId TIMER = new TimerId(TimerId.Purpose.WORKERS_WANTED, "", 0);

    private final List<String> done = new ArrayList<>();
    private final Timers timers = new Timers();
    private MillraceException journalRefuses;

    private final EffectRunner runner =
            new EffectRunner(
                    new FakeJournal(),
                    new FakeWorkers(),
                    new FakeDriver(),
                    timers,
                    new JobServices(
                            new Enumerators(
                                    graph -> getClass().getClassLoader(),
                                    event -> {},
                                    CoordinatorMetrics.withoutReporters()),
                            new Committers(
                                    graph -> getClass().getClassLoader(),
                                    event -> {},
                                    CoordinatorMetrics.withoutReporters()),
                            new Checkpoints(NoPointers.PLACES, event -> {}, error -> {}),
                            new SavepointFiles(event -> {}, error -> {})),
                    result -> done.add("ended " + result.name()),
                    operation -> done.add("ended " + operation.operation().id()));

    @Test
    void journalsBeforeItSends() {
        runner.carryOut(
                List.of(
                        new Effect.WantWorkers(2),
                        JOURNAL,
                        SEND,
                        new Effect.JobEnded(RESULT),
                        new Effect.ReleaseWorker("w1", "idle")),
                0);

        assertThat(done)
                .containsExactly(
                        "want 2",
                        "journal words",
                        "send SHUTDOWN to w1",
                        "ended words",
                        "close w1",
                        "release w1: idle");
    }

    @Test
    void doesNothingBehindAnEntryThatTheJournalRefused() {
        journalRefuses = new MillraceException(ErrorCode.LEADERSHIP_LOST, "epoch 2 has written");

        assertThatThrownBy(
                        () ->
                                runner.carryOut(
                                        List.of(
                                                new Effect.WantWorkers(1),
                                                JOURNAL,
                                                SEND,
                                                new Effect.SetTimer(TIMER, 0)),
                                        0))
                .isSameAs(journalRefuses);

        assertThat(done).containsExactly("want 1");
        assertThat(timers.takeDue(Long.MAX_VALUE)).isNull();
    }

    @Test
    void setsReplacesAndCancelsTimers() {
        runner.carryOut(List.of(new Effect.SetTimer(TIMER, 100)), 1_000);
        assertThat(timers.takeDue(1_099)).isNull();
        assertThat(timers.untilNext(1_050, 9_999)).isEqualTo(50);

        runner.carryOut(List.of(new Effect.SetTimer(TIMER, 100)), 1_050);
        assertThat(timers.takeDue(1_149)).isNull();
        assertThat(timers.takeDue(1_150)).isEqualTo(TIMER);
        assertThat(timers.takeDue(9_999)).isNull();

        runner.carryOut(
                List.of(new Effect.SetTimer(TIMER, 1), new Effect.CancelTimer(TIMER)), 2_000);
        assertThat(timers.takeDue(9_999)).isNull();
        assertThat(timers.untilNext(2_000, 77)).isEqualTo(77);
    }

    private final class FakeJournal implements JournalStore {
        @Override
        public void append(byte[] entry) {
            if (journalRefuses != null) {
                throw journalRefuses;
            }
            JournalEntry.JobEnded ended = (JournalEntry.JobEnded) JournalCodec.decode(entry);
            done.add("journal " + ended.result().name());
        }

        @Override
        public List<byte[]> readAll() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private final class FakeWorkers implements EffectRunner.Workers {
        @Override
        public void send(String workerId, ToWorker message) {
            done.add("send " + message.kind() + " to " + workerId);
        }

        @Override
        public void close(String workerId) {
            done.add("close " + workerId);
        }
    }

    private final class FakeDriver implements ResourceDriver {
        @Override
        public void start(Listener listener, WorkerSpec spec) {}

        @Override
        public void want(int workers) {
            done.add("want " + workers);
        }

        @Override
        public void release(String workerId, String reason) {
            done.add("release " + workerId + ": " + reason);
        }

        @Override
        public void close() {}
    }
}
