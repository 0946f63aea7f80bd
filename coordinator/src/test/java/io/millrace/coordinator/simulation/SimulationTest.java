package io.millrace.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final int SEEDS = 500;

    /**
     * Seeds that reach what hardly any other does: a finished producer that was lost, a worker with
     * results that was waited for in vain.
     */
    private static final List<Long> RARE = List.of(749L, 2_218L);

    /**
     * Seeds that have found something: results, and a checkpoint, of subtasks that finished while
     * they were being ended; restarts of many subtasks counted together; a blocked node kept for
     * another region that was being ended, too.
     */
    private static final List<Long> FOUND = List.of(6_562L, 17_793L, 12_573L, 20_585L, 1_661L);

    @Test
    void everyInvariantHoldsAndEveryRareStateIsReached() {
        Set<Sighting> seen = EnumSet.noneOf(Sighting.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            seen.addAll(Simulation.run(seed).sightings());
        }
        RARE.forEach(seed -> seen.addAll(Simulation.run(seed).sightings()));
        FOUND.forEach(Simulation::run);
        assertThat(seen).containsExactlyInAnyOrder(Sighting.values());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Simulation.run(seed)).isEqualTo(Simulation.run(seed));
        }
    }

    @Test
    void withoutFaultsEveryJobFinishes() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Simulation.run(seed, List.of(), Bug.NONE).sightings())
                    .contains(Sighting.JOB_FINISHED)
                    .doesNotContain(Sighting.JOB_FINISHED_AFTER_RESTART);
        }
    }

    /** Nobody waits for ever for who has failed, moved, finished or lost its leader. */
    @Test
    void sourcesThatWaitForEachOtherComeToAnEnd() {
        long waits = 0;
        for (long seed = 1; seed <= 100; seed++) {
            waits += Simulation.runAligned(seed, Fault.schedule(seed)).sourceWaits();
            Simulation.Report quiet = Simulation.runAligned(seed, List.of());
            waits += quiet.sourceWaits();
            assertThat(quiet.sightings()).contains(Sighting.JOB_FINISHED);
        }
        assertThat(waits).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesMistake(Bug bug) {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 1; seed <= SEEDS; seed++) {
                                Simulation.run(seed, Fault.schedule(seed), bug);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }
}
