package io.millrace.coordinator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.operation.OperationKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints, and ends with one, while leaders, workers, storage and those who ask fail. */
class OperationSimulationTest {
    private static final int SEEDS = 300;

    @Test
    void everyOperationEndsOnceAndIsWhatIsToldOfIt() {
        Map<OperationKind, Integer> completed = new EnumMap<>(OperationKind.class);
        int failed = 0;
        Set<OperationSighting> seen = EnumSet.noneOf(OperationSighting.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            OperationOracle.Counts counts =
                    Simulation.runOperations(seed, Fault.schedule(seed), OperationBug.NONE);
            counts.completed().forEach((kind, count) -> completed.merge(kind, count, Integer::sum));
            failed += counts.failed();
            seen.addAll(counts.seen());
        }
        assertThat(failed).isGreaterThan(SEEDS / 10);
        assertThat(completed.keySet()).containsExactlyInAnyOrder(OperationKind.values());
        assertThat(seen).contains(OperationSighting.RESCALE_WENT_BACK);
        // Of the last kind both parts must come through, while the job has not ended.
        int savedAndRescaled = completed.remove(OperationKind.RESCALE_WITH_SAVEPOINT);
        assertThat(savedAndRescaled).isGreaterThan(SEEDS / 100);
        assertThat(completed.values()).allMatch(count -> count > SEEDS / 20);
    }

    /** Savepoints of jobs of which one source had ended under an earlier leader. */
    @Test
    void seedsThatHaveFoundSomethingHold() {
        for (long seed : new long[] {1_693, 1_858}) {
            Simulation.runOperations(seed, Fault.schedule(seed), OperationBug.NONE);
        }
    }

    @Test
    void withoutFaultsTheyAreDone() {
        int done = 0;
        for (long seed = 1; seed <= 60; seed++) {
            done +=
                    Simulation.runOperations(seed, List.of(), OperationBug.NONE)
                            .completed()
                            .values()
                            .stream()
                            .mapToInt(count -> count)
                            .sum();
        }
        assertThat(done).isGreaterThan(15);
    }

    /** Leaders stand still while a savepoint is stored, and wake up when the next one has told. */
    @Test
    void anOldLeaderRemovesNothingThatTheNextOneHasTold() {
        for (long seed = 1; seed <= 40; seed++) {
            Simulation.runOperations(seed, pauses(), OperationBug.NONE);
        }
    }

    private static List<Fault> pauses() {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault(1, Fault.Kind.STORAGE_SLOW, 0, Fault.CHAOS_MS));
        for (int atMs = 4_000; atMs < Fault.CHAOS_MS; atMs += 9_000) {
            faults.add(new Fault(atMs, Fault.Kind.COORDINATOR_PAUSE, 0, 8_000));
        }
        return faults;
    }

    @ParameterizedTest
    @EnumSource(value = OperationBug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesMistake(OperationBug bug) {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 1; seed <= SEEDS; seed++) {
                                Simulation.runOperations(seed, Fault.schedule(seed), bug);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }
}
