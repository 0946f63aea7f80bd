package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final WorkLoops notStarted = new WorkLoops(2, 1, error -> {}, now -> {});
    private final Lane lane = new Lane(notStarted);

    private LoopEntry entry() {
        return new LoopEntry(new Nothing(), lane, interrupted -> {});
    }

    private static final class Nothing implements Turnable {
        @Override
        public int turn() {
            return 0;
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public long nextTurnNanos() {
            return Long.MAX_VALUE;
        }
    }

    @Test
    void callsNobodyForWhatItsThreadDoesNext() {
        lane.addNext(entry());
        lane.addNext(entry());

        assertThat(lane.callsForHelp()).isFalse();
        assertThat(lane.pollToHelp()).isNull();
        assertThat(lane.poll()).isNotNull();
        assertThat(lane.poll()).isNotNull();
    }

    @Test
    void callsNobodyForAnEntryThatIsNextAnyway() {
        lane.add(entry());

        assertThat(lane.callsForHelp()).isFalse();
    }

    @Test
    void callsForHelpWhenAnEntryStandsBehindAnother() {
        lane.add(entry());
        lane.add(entry());

        assertThat(lane.callsForHelp()).isTrue();
    }

    @Test
    void callsForHelpWhenAnEntryComesDuringASlowTurn() {
        lane.turnBegins(System.nanoTime() + TimeUnit.HOURS.toNanos(1), true);
        lane.add(entry());

        assertThat(lane.callsForHelp()).isTrue();
    }

    @Test
    void callsForHelpWhenASlowTurnBeginsBeforeAnEntry() {
        lane.addNext(entry());
        lane.turnBegins(System.nanoTime(), true);

        assertThat(lane.callsForHelp()).isTrue();
    }

    @Test
    void callsNobodyDuringAQuickTurn() {
        lane.turnBegins(System.nanoTime() + TimeUnit.HOURS.toNanos(1), false);
        lane.add(entry());

        assertThat(lane.callsForHelp()).isFalse();
    }

    @Test
    void callsForHelpWhenAnEntryComesLateInATurn() {
        lane.turnBegins(System.nanoTime() - 2 * Lane.HELP_AFTER_NANOS, false);
        lane.add(entry());
        boolean called = lane.callsForHelp();
        lane.poll();
        lane.pollToHelp();
        lane.turnEnds();
        lane.add(entry());

        assertThat(called).isTrue();
        assertThat(lane.callsForHelp()).isFalse();
    }

    @Test
    void expectsQuickTurnsOfAnEntryThatHasHadManyOnly() {
        LoopEntry entry = entry();
        boolean fresh = entry.isQuick();
        for (int i = 0; i < 16; i++) {
            entry.took(Lane.HELP_AFTER_NANOS);
        }
        boolean after = entry.isQuick();
        entry.took(Lane.HELP_AFTER_NANOS + 1);

        assertThat(fresh).isFalse();
        assertThat(after).isTrue();
        assertThat(entry.isQuick()).isFalse();
    }

    @Test
    void givesOneEntryForEachCall() {
        LoopEntry first = entry();
        lane.addNext(first);
        lane.addNext(entry());
        lane.callForHelp();

        assertThat(lane.pollToHelp()).isSameAs(first);
        assertThat(lane.pollToHelp()).isNull();
    }
}
