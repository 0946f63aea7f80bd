package io.millrace.host.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.ClusterView.Counters;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.job.JobState;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.TaskTime.InputTime;
import io.millrace.runtime.message.TaskTime.OriginTime;
import io.millrace.runtime.message.TaskTime.SplitTime;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimeViewsTest {
    private static final long NONE = Long.MIN_VALUE;
    private static final long END = Long.MAX_VALUE;

    private static VertexView vertex(int id, String name, TaskTime... times) {
        List<SubtaskView> subtasks = new ArrayList<>();
        for (TaskTime time : times) {
            subtasks.add(
                    new SubtaskView(
                            subtasks.size(), 0, TaskState.RUNNING, "w", "h", Counters.ZERO, time));
        }
        return new VertexView(
                id,
                name,
                times.length,
                null,
                "default",
                TaskState.RUNNING,
                new TreeMap<>(),
                Counters.ZERO,
                subtasks);
    }

    private static JobView job(VertexView... vertices) {
        return new JobView(
                new JobId("0000000000000000000000000000000a"),
                "job",
                JobState.RUNNING,
                ExecutionMode.STREAMING,
                0,
                -1,
                0,
                0,
                0,
                null,
                List.of(vertices),
                List.of(),
                List.of(),
                null);
    }

    private static TaskTime source(long watermarkMs, boolean idle, SplitTime... splits) {
        return new TaskTime(
                watermarkMs,
                watermarkMs,
                idle,
                List.of(),
                List.of(new OriginTime("clicks", watermarkMs, idle, 500, END, 2, List.of(splits))));
    }

    private static TaskTime behind(long watermarkMs, InputTime... inputs) {
        return new TaskTime(watermarkMs, watermarkMs, false, List.of(inputs), List.of());
    }

    private static RestShapes.SubtaskTime last(VertexView... vertices) {
        JobView job = job(vertices);
        VertexView asked = vertices[vertices.length - 1];
        return TimeViews.watermarks(job, asked).subtasks().get(0);
    }

    @Test
    void leadsFromEdgeToEdgeToTheSplit() {
        RestShapes.SubtaskTime time =
                last(
                        vertex(1, "fast", source(9_000, false)),
                        vertex(
                                2,
                                "slow",
                                source(8_000, false),
                                source(
                                        1_000,
                                        false,
                                        new SplitTime("p7", 1_000, false, false, 2_000),
                                        new SplitTime("p3", 9_000, false, false, 2_500))),
                        vertex(3, "map", behind(1_000, new InputTime(2, 1, 1_000, 2_100, 2, 0, 0))),
                        vertex(
                                4,
                                "window",
                                behind(
                                        1_000,
                                        new InputTime(1, 0, 9_000, 2_200, 1, 0, 0),
                                        new InputTime(3, 0, 1_000, 2_200, 1, 0, 0))));

        assertThat(time.heldBy())
                .extracting(RestShapes.Holder::name, RestShapes.Holder::subtask)
                .containsExactly(tuple("map", 0), tuple("slow", 1), tuple("slow", 1));
        assertThat(time.inputs())
                .extracting(RestShapes.InputTime::holds)
                .containsExactly(false, true);
        assertThat(time.summary())
                .isEqualTo(
                        "Held by split 'p7' of 'clicks' in subtask 1, at 1970-01-01T00:00:01Z since"
                                + " 1970-01-01T00:00:02Z.");
    }

    @Test
    void saysThatASplitHasNeverHadAWatermark() {
        RestShapes.SubtaskTime time =
                last(
                        vertex(
                                1,
                                "source",
                                source(
                                        NONE,
                                        false,
                                        new SplitTime("p1", NONE, false, false, 2_000))));

        assertThat(time.inputWatermark()).isNull();
        assertThat(time.summary())
                .isEqualTo(
                        "Held by split 'p1' of 'clicks' in subtask 0, which has had no watermark"
                                + " since 1970-01-01T00:00:02Z.");
    }

    @Test
    void saysThatTheSourceIsIdle() {
        RestShapes.SubtaskTime time =
                last(
                        vertex(
                                1,
                                "source",
                                source(
                                        3_000,
                                        true,
                                        new SplitTime("p1", 3_000, true, false, 4_000))));

        assertThat(time.summary()).contains("'p1'").contains("idle since 1970-01-01T00:00:04Z");
    }

    @Test
    void saysThatNobodyMakesWatermarks() {
        RestShapes.SubtaskTime time =
                last(
                        vertex(1, "source", TaskTime.NONE),
                        vertex(
                                2,
                                "window",
                                behind(NONE, new InputTime(1, 0, NONE, 2_000, 1, 0, 0))));

        assertThat(time.summary()).contains("Give the source a watermark strategy");
    }

    @Test
    void saysThatAllTimeIsOver() {
        RestShapes.SubtaskTime time =
                last(vertex(1, "window", behind(END, new InputTime(9, -1, END, 0, 1, 0, 1))));

        assertThat(time.ended()).isTrue();
        assertThat(time.summary()).contains("the input has ended");
    }
}
