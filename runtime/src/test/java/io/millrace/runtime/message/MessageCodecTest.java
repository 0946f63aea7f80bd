package io.millrace.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.testing.Fuzz;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MessageCodecTest {
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final AttemptId ATTEMPT = new AttemptId(JOB, 3, 1, 0);

    private static ToWorker.DeployTasks deployment() {
        ChainedOperator operator =
                new ChainedOperator(
                        3,
                        null,
                        "map",
                        OperatorSpec.Kind.values()[0],
                        new byte[] {1, 2},
                        null,
                        List.of(1),
                        List.of());
        JobGraph graph =
                new JobGraph(
                        JOB,
                        "word count",
                        ExecutionMode.values()[0],
                        true,
                        List.of(new JobVertex(3, "map", 2, 128, "default", List.of(operator))),
                        List.of(
                                new JobEdge(
                                        1,
                                        3,
                                        0,
                                        "late",
                                        4,
                                        0,
                                        Partitioning.Kind.values()[0],
                                        new byte[0])),
                        Map.of("a.b", "c"),
                        List.of("job.jar"));
        return new ToWorker.DeployTasks(
                7,
                graph,
                List.of(new WorkerAddress("w1", "localhost", 4711)),
                List.of(new Placement(3, new int[] {0, 0}, 0)),
                List.of(ATTEMPT));
    }

    @Test
    void aDeploymentArrivesAsItWasSent() {
        ToWorker.DeployTasks sent = deployment();

        ToWorker.DeployTasks arrived =
                (ToWorker.DeployTasks) MessageCodec.decode(MessageCodec.encode(sent));

        assertThat(arrived).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    void partsThatMayBeNullStayNull() {
        TaskProgress progress = new TaskProgress(ATTEMPT, TaskState.RUNNING, 1, 2, 3, 4, 5, 6);
        Message sent =
                new ToCoordinator.TaskChanged(
                        ATTEMPT, TaskState.RUNNING, null, List.of(), progress);

        assertThat(MessageCodec.decode(MessageCodec.encode(sent))).isEqualTo(sent);
    }

    @Test
    void aFailureTravelsAsText() {
        FailureReport failure =
                new FailureReport(ErrorCode.USER_CODE_FAILED, "division by zero", "at …", null);
        Message sent =
                new ToCoordinator.TaskChanged(ATTEMPT, TaskState.FAILED, failure, List.of(), null);

        assertThat(MessageCodec.decode(MessageCodec.encode(sent))).isEqualTo(sent);
    }

    @Test
    void refusesAPeerOfAnotherVersion() {
        byte[] bytes = MessageCodec.encode(new ToWorker.Shutdown(1, "end"));
        bytes[0] ^= 1;

        assertThatThrownBy(() -> MessageCodec.decode(bytes))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_MISMATCH))
                .hasMessageContaining("same Millrace");
    }

    @Test
    void refusesBytesAfterTheMessage() {
        byte[] bytes = MessageCodec.encode(new ToWorker.Shutdown(1, "end"));
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> MessageCodec.decode(longer))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("1 bytes too many");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void damagedBytesGiveAMessageOrAnErrorThatSaysSo() {
        TaskProgress progress = new TaskProgress(ATTEMPT, TaskState.RUNNING, 1, 2, 3, 4, 5, 6);
        for (Message message :
                List.of(
                        deployment(),
                        new ToWorker.AssignSplits(
                                7, ATTEMPT, 0, 1, List.of(new byte[9], new byte[0]), true),
                        new ToCoordinator.Heartbeat("w1", 9, List.of(progress, progress)),
                        new ToCoordinator.TaskChanged(
                                ATTEMPT,
                                TaskState.FAILED,
                                new FailureReport(ErrorCode.INTERNAL, "a", "b", "c"),
                                List.of(
                                        new OperatorCommittables(
                                                1, 2, 3, 4, List.of(new byte[] {5}))),
                                progress))) {
            new Fuzz()
                    .attack(
                            MessageCodec.encode(message),
                            MessageCodec::decode,
                            CorruptDataException.class,
                            MillraceException.class);
        }
    }
}
