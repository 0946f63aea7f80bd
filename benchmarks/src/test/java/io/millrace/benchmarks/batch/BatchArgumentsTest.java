package io.millrace.benchmarks.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.batch.BatchArguments.Part;
import io.millrace.benchmarks.batch.BatchContest.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchArgumentsTest {
    @Test
    void aContestIsMeasuredWithEachOfItsSizes() {
        BatchArguments arguments =
                BatchArguments.parse(List.of("parquet=2m", "join=5m:500k", "parquet=10m"));

        assertThat(arguments.parts())
                .containsExactly(
                        new Part(BatchContest.PARQUET, new Size(2_000_000, 0)),
                        new Part(BatchContest.JOIN, new Size(5_000_000, 500_000)),
                        new Part(BatchContest.PARQUET, new Size(10_000_000, 0)));
        assertThat(arguments.killBytes()).isEmpty();
    }

    @Test
    void oneEngineMayBeMeasuredAlone() {
        assertThat(BatchArguments.parse(List.of("aggregate=2m:200k", "spark")).engines())
                .containsExactly(BatchEngine.SPARK);
    }

    @Test
    void withoutContestsAllAreMeasuredAndTheKill() {
        BatchArguments arguments = BatchArguments.parse(List.of("scale=0.1"));

        assertThat(arguments.parts())
                .extracting(Part::contest)
                .containsExactly(BatchContest.values());
        assertThat(arguments.killBytes()).hasValue(500_000_000);
    }

    @Test
    void anUnknownContestIsNamedWithThoseThatThereAre() {
        assertThatThrownBy(() -> BatchArguments.parse(List.of("parket=2m")))
                .hasMessageContaining("parket")
                .hasMessageContaining("parquet");
    }
}
