package io.millrace.host.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some cases of the sweep, other ones each day. {@code -Dsweep.seed=N} repeats those of another
 * day; the seed is printed, and named in a failure.
 */
@Timeout(600)
class FaultSweepTest {
    private static final int CASES = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void somethingHappensAtAFewPointsAndTheOutputIsThatOfAnyRun() throws Exception {
        long seed = Long.getLong("sweep.seed", LocalDate.now().toEpochDay());
        System.out.println("sweep.seed=" + seed);

        List<SweepRun.Verdict> verdicts =
                new Sweep(new FileSequences(), seed, directory, 2)
                        .run(Sweep.choose(SweepCase.all(), seed, CASES));

        assertThat(verdicts).as("-Dsweep.seed=" + seed).hasSize(CASES);
        assertThat(verdicts).as("-Dsweep.seed=" + seed).allMatch(SweepRun.Verdict::isGood);
    }

    @Test
    void someoneDiesAtEveryPointWithEveryKindOfStateAndBarriers() {
        for (SweepCase.Fault fault :
                EnumSet.of(SweepCase.Fault.WORKER_DIES, SweepCase.Fault.COORDINATOR_DIES)) {
            for (SweepCase.Backend backend : SweepCase.Backend.values()) {
                Set<?> points =
                        SweepCase.all().stream()
                                .filter(one -> one.fault() == fault && one.unaligned())
                                .filter(one -> one.backend() == backend)
                                .map(SweepCase::point)
                                .collect(Collectors.toSet());

                assertThat(points).hasSameSizeAs(SweepCase.points());
            }
        }
    }
}
