package io.millrace.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.LogicalScopeProvider;
import io.millrace.api.metric.Metric;
import io.millrace.api.metric.MetricConfig;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.MetricReporter;
import io.millrace.api.metric.MetricReporterFactory;
import io.millrace.api.metric.Scheduled;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());
    private static final AttemptId ATTEMPT =
            new AttemptId(new JobId("0000000000000000000000000000000a"), 1, 3, 0);

    @BeforeEach
    void forget() {
        TOLD.clear();
    }

    private static TaskMetrics task(MetricRegistry registry) {
        JobVertex vertex = new JobVertex(1, "source -> map", 4, 128, "default", List.of());
        return new TaskMetrics(registry, ATTEMPT, "job", vertex, "w1", "host-a");
    }

    @Test
    void namesMetricsByTheirPlaceAndForgetsThemWithTheTask() {
        MetricRegistry registry = MetricRegistry.withoutReporters();
        TaskMetrics task = task(registry);
        OperatorGroup group = task.operator("map", 2);
        Counter counter = group.addGroup("a").addGroup("key", "value").counter("n");
        counter.inc(5);
        assertThat(registry.snapshot())
                .containsEntry("host-a.worker.w1.job.map.3.a.key.value.n", counter)
                .containsKey("host-a.worker.w1.job.map.3.numRecordsIn");
        task.close();
        assertThat(registry.snapshot()).isEmpty();
        group.counter("late");
        assertThat(registry.snapshot()).isEmpty();
    }

    @Test
    void showsWhatTheLastCheckpointTookOfTheTask() {
        MetricRegistry registry = MetricRegistry.withoutReporters();
        TaskMetrics task = task(registry);
        assertThat(registry.snapshot()).as("of a task that takes none").isEmpty();

        task.onCheckpoint(new TaskSnapshot.Timing(1, 2, 3, 4, 5, true));
        task.onCheckpoint(new TaskSnapshot.Timing(10, 20, 30, 40, 50, true));

        String scope = "host-a.worker.w1.job.source -> map.3.checkpoint";
        assertThat(registry.snapshot()).hasSize(5);
        assertThat(value(registry, scope + "AlignmentTime")).isEqualTo(10L);
        assertThat(value(registry, scope + "TurnTime")).isEqualTo(20L);
        assertThat(value(registry, scope + "WriteTime")).isEqualTo(30L);
        assertThat(value(registry, scope + "WrittenBytes")).isEqualTo(40L);
        assertThat(value(registry, scope + "ChannelBytes")).isEqualTo(50L);
        task.close();
        assertThat(registry.snapshot()).isEmpty();
    }

    private static Object value(MetricRegistry registry, String name) {
        return ((Gauge<?>) registry.snapshot().get(name)).getValue();
    }

    @Test
    void givesTheSameCounterAndGroupForTheSameName() {
        OperatorGroup group = task(MetricRegistry.withoutReporters()).operator("map", 2);
        assertThat(group.counter("n")).isSameAs(group.counter("n"));
        assertThat(group.addGroup("g")).isSameAs(group.addGroup("g"));
        group.gauge("taken", () -> 1);
        assertThat(group.counter("taken")).isNotNull();
        assertThat(group.counter(7)).isSameAs(group.counter("7"));
    }

    @Test
    void tellsTheVariablesThatTheProgramGaveTheOperator() {
        ChainedOperator map =
                new ChainedOperator(
                        2,
                        null,
                        "map",
                        OperatorSpec.Kind.MAP,
                        new byte[0],
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        Map.of("team", "orders"),
                        false);
        JobVertex vertex = new JobVertex(1, "source -> map", 4, 128, "default", List.of(map));
        TaskMetrics task =
                new TaskMetrics(
                        MetricRegistry.withoutReporters(), ATTEMPT, "job", vertex, "w1", "host-a");

        assertThat(task.operator("map", 2).addGroup("inner").getAllVariables())
                .containsEntry("<team>", "orders");
        assertThat(task.operator("source", 1).getAllVariables()).doesNotContainKey("<team>");
    }

    @Test
    void tellsVariablesAndALogicalScopeWithoutTheirValues() {
        OperatorGroup group = task(MetricRegistry.withoutReporters()).operator("map", 2);
        MetricGroup inner = group.addGroup("topic", "orders");
        assertThat(inner.getAllVariables())
                .containsEntry("<topic>", "orders")
                .containsEntry("<subtask_index>", "3")
                .containsEntry("<task_name>", "source -> map")
                .containsEntry("<operator_name>", "map");
        assertThat(LogicalScopeProvider.castFrom(inner).getLogicalScope(text -> text, '_'))
                .isEqualTo("worker_job_task_operator_topic");
        assertThat(inner.getMetricIdentifier("n", text -> text.replace('.', '-')))
                .isEqualTo("host-a.worker.w1.job.map.3.topic.orders.n");
    }

    /** Says what it is told, and throws whenever a metric is added. */
    public static final class Throwing implements MetricReporterFactory, MetricReporter, Scheduled {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return this;
        }

        @Override
        public void open(MetricConfig config) {
            TOLD.add("open");
        }

        @Override
        public void close() {
            TOLD.add("close");
        }

        @Override
        public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
            TOLD.add("removed " + metricName);
        }

        @Override
        public void report() {
            TOLD.add("report " + Thread.currentThread().getName());
        }
    }

    @Test
    void goesOnWithReportersThatThrowOrCannotBeMade() {
        MetricsSettings settings =
                MetricsSettings.from(
                        Config.of(
                                Map.of(
                                        "metrics.reporter.a.factory.class",
                                        Throwing.class.getName(),
                                        "metrics.reporter.a.interval",
                                        "1 h",
                                        "metrics.reporter.b.factory.class",
                                        "no.such.Factory")));
        MetricRegistry registry = MetricRegistry.start(settings, "w1", getClass().getClassLoader());
        TaskMetrics task = task(registry);
        task.operator("map", 2).counter("n");
        task.close();
        registry.close();
        assertThat(TOLD).contains("open", "removed n", "report metrics-w1").endsWith("close");
    }

    @Test
    void startsOnlyTheReportersThatAreNamed() {
        Config config =
                Config.of(
                        Map.of(
                                "metrics.reporters",
                                "a",
                                "metrics.reporter.a.factory.class",
                                "A",
                                "metrics.reporter.b.factory.class",
                                "B"));
        assertThat(MetricsSettings.from(config).reporters())
                .extracting(MetricsSettings.Reporter::name)
                .containsExactly("a");
        assertThatThrownBy(
                        () ->
                                MetricsSettings.from(
                                        config.with("metrics.reporter.a.interval", "soon")))
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("metrics.reporter.a.interval");
    }
}
