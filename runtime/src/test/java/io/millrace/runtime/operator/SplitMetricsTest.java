package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SourceSplitMetricGroup;
import io.millrace.runtime.metrics.MetricRegistry;
import io.millrace.runtime.metrics.OperatorGroup;
import io.millrace.runtime.metrics.TaskMetrics;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SplitMetricsTest {
    private static final String GROUP = "host.worker.w.job.clicks.0.split.p7.";

    private final MetricRegistry registry = MetricRegistry.withoutReporters();
    private final OperatorGroup source =
            new TaskMetrics(
                            registry,
                            new AttemptId(new JobId("0000000000000000000000000000000a"), 1, 0, 0),
                            "job",
                            new JobVertex(1, "clicks", 1, 128, "default", List.of()),
                            "w",
                            "host")
                    .operator("clicks", 1);
    private long nowNanos;
    private final SplitMetrics split = new SplitMetrics(() -> nowNanos);

    SplitMetricsTest() {
        split.registerIn(source.addSplit("p7"));
    }

    @Test
    void theGroupOfTheSplitAnswersToo() {
        SourceSplitMetricGroup group = (SourceSplitMetricGroup) source.addSplit("p7");
        assertThat(group.getCurrentWatermark()).isEqualTo(Long.MIN_VALUE);

        split.onWatermark(42);
        pass(100);
        split.onState(true, false);
        pass(200);
        split.onState(true, true);
        pass(700);

        assertThat(group.getCurrentWatermark()).isEqualTo(42);
        assertThat(group.getAccumulatedActiveTime()).isEqualTo(100);
        assertThat(group.getAccumulatedIdleTime()).isEqualTo(200);
        assertThat(group.getAccumulatedPausedTime()).isEqualTo(700);
        assertThat(group.getActiveTimePerSecond()).isEqualTo(100);
        assertThat(group.getIdleTimePerSecond()).isEqualTo(200);
        assertThat(group.getPausedTimePerSecond()).isEqualTo(700);
        assertThat(group.getAllVariables()).containsEntry("<split>", "p7");
    }

    private void pass(long ms) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private Object value(String name) {
        return ((Gauge<?>) registry.snapshot().get(GROUP + name)).getValue();
    }

    @Test
    void saysHowFarTheSplitHasCome() {
        assertThat(value("currentWatermark")).isEqualTo(Long.MIN_VALUE);

        split.onWatermark(42);

        assertThat(value("currentWatermark")).isEqualTo(42L);
    }

    @Test
    void eachMillisecondIsOfOneState() {
        pass(100);
        split.onState(true, false);
        pass(200);
        split.onState(true, true);
        pass(300);
        split.onState(false, false);
        pass(400);

        assertThat(value("accumulatedActiveTimeMs")).isEqualTo(500L);
        assertThat(value("accumulatedIdleTimeMs")).isEqualTo(200L);
        assertThat(value("accumulatedPausedTimeMs")).isEqualTo(300L);
        assertThat(value("activeTimeMsPerSecond")).isEqualTo(500L);
        assertThat(value("idleTimeMsPerSecond")).isEqualTo(200L);
        assertThat(value("pausedTimeMsPerSecond")).isEqualTo(300L);
    }

    @Test
    void whatIsToldPerSecondIsOfTheTimeSinceItWasAskedLast() {
        pass(2_000);
        assertThat(value("activeTimeMsPerSecond")).isEqualTo(1_000L);
        split.onState(true, false);
        pass(500);
        assertThat(value("activeTimeMsPerSecond")).as("too early to say").isEqualTo(1_000L);
        pass(1_500);

        assertThat(value("activeTimeMsPerSecond")).isEqualTo(0L);
        assertThat(value("idleTimeMsPerSecond")).isEqualTo(500L);
    }

    @Test
    void aSplitThatIsGoneTakesItsMetricsWithIt() {
        source.counter("stays");

        source.dropGroup("split", "p7");

        assertThat(registry.snapshot().keySet()).noneMatch(name -> name.contains(".split."));
        assertThat(registry.snapshot()).containsKey("host.worker.w.job.clicks.0.stays");
        new SplitMetrics(() -> nowNanos).registerIn(source.addSplit("p7"));
        assertThat(value("currentWatermark")).isEqualTo(Long.MIN_VALUE);
    }
}
