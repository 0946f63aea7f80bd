package io.millrace.host.check;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.source.Boundedness;
import io.millrace.api.time.NoWatermarksGenerator;
import io.millrace.api.time.RelativeClock;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkGeneratorSupplier;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.time.WatermarksWithIdleness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether event time moves on where something waits for it. Confined to one check. */
final class TimeCheck {
    /** What a source says about event time. */
    private enum Time {
        NONE,
        /** Watermarks; a split without records holds them back. */
        WITHOUT_IDLENESS,
        WITH_IDLENESS,
        /** The program's own generator cannot be asked before it runs. */
        UNKNOWN
    }

    private final StreamGraph graph;
    private final Map<Integer, StreamNode> nodes = new HashMap<>();
    private final Set<StreamNode> holding = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private TimeCheck(StreamGraph graph) {
        this.graph = graph;
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
    }

    static List<Finding> of(StreamGraph graph) {
        TimeCheck check = new TimeCheck(graph);
        for (StreamNode node : graph.nodes()) {
            if (waitsForEventTime(node.spec())) {
                check.look(node);
            }
        }
        for (StreamNode source : check.holding) {
            check.findings.add(
                    Finding.warning(
                            "idleness-missing",
                            "a split or partition of it that brings no records holds event time"
                                    + " back, and with it all windows",
                            source.name(),
                            "add withIdleness(…) to its WatermarkStrategy"));
        }
        return check.findings;
    }

    private static boolean waitsForEventTime(OperatorSpec spec) {
        return spec instanceof OperatorSpec.IntervalJoinSpec
                || spec instanceof OperatorSpec.WindowSpec window
                        && window.assigner().isEventTime();
    }

    private void look(StreamNode node) {
        Set<StreamNode> silent = new LinkedHashSet<>();
        for (StreamNode from : timesOf(node, new LinkedHashSet<>())) {
            switch (timeOf(from)) {
                case NONE -> silent.add(from);
                case WITHOUT_IDLENESS -> holding.add(from);
                case WITH_IDLENESS, UNKNOWN -> {}
            }
        }
        for (StreamNode source : silent) {
            findings.add(
                    Finding.error(
                            "watermarks-missing",
                            "it waits for event time, which '"
                                    + source.name()
                                    + "' never moves on: there is no result",
                            node.name(),
                            "give the source a WatermarkStrategy, or call"
                                    + " assignTimestampsAndWatermarks(…), or use processing time"));
        }
    }

    /** The operators before this one that say what time it is: the last ones on each way. */
    private Set<StreamNode> timesOf(StreamNode node, Set<StreamNode> found) {
        for (StreamEdge edge : graph.edges()) {
            if (edge.targetId() == node.id()) {
                StreamNode before = nodes.get(edge.sourceId());
                boolean says =
                        before.spec().kind() == OperatorSpec.Kind.TIMESTAMPS
                                || before.spec().kind() == OperatorSpec.Kind.SOURCE;
                if (says) {
                    found.add(before);
                } else {
                    timesOf(before, found);
                }
            }
        }
        return found;
    }

    private static Time timeOf(StreamNode node) {
        if (node.spec() instanceof OperatorSpec.TimestampsSpec stamps) {
            return timeOf(stamps.watermarks());
        }
        OperatorSpec.SourceSpec source = (OperatorSpec.SourceSpec) node.spec();
        // One that ends brings time to its end by itself.
        return source.source().getBoundedness() == Boundedness.BOUNDED
                ? Time.WITH_IDLENESS
                : timeOf(source.watermarks());
    }

    private static Time timeOf(WatermarkStrategy<?> strategy) {
        if (strategy == null) {
            return Time.NONE;
        }
        WatermarkGenerator<?> made;
        try {
            made = strategy.createWatermarkGenerator(new Context());
        } catch (RuntimeException | LinkageError e) {
            return Time.UNKNOWN;
        }
        if (made instanceof NoWatermarksGenerator<?>) {
            return Time.NONE;
        }
        return made instanceof WatermarksWithIdleness<?>
                ? Time.WITH_IDLENESS
                : Time.WITHOUT_IDLENESS;
    }

    /** There is no task. */
    private static final class Context implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            throw new UnsupportedOperationException("there are no metrics before the job runs");
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return new RelativeClock() {
                @Override
                public long relativeTimeMillis() {
                    return 0;
                }

                @Override
                public long relativeTimeNanos() {
                    return 0;
                }
            };
        }
    }
}
