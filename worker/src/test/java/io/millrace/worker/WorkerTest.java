package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator.Heartbeat;
import io.millrace.runtime.message.ToCoordinator.RegisterWorker;
import io.millrace.runtime.message.ToCoordinator.TaskChanged;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.ToWorker.CancelTasks;
import io.millrace.runtime.message.ToWorker.Rejected;
import io.millrace.runtime.message.ToWorker.ReleaseJob;
import io.millrace.runtime.message.ToWorker.Shutdown;
import io.millrace.runtime.message.ToWorker.Welcome;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.task.TaskListener;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.WireServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerTest {
    private static final AppSecret SECRET = AppSecret.random();
    private static final WorkerProfile PROFILE =
            new WorkerProfile("worker-1", "127.0.0.1", 2, 1 << 30);
    private static final JobId JOB = new JobId("a".repeat(32));
    private static final AttemptId ATTEMPT = new AttemptId(JOB, 1, 0, 0);

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final RecordingExecutor executor = new RecordingExecutor();
    private TaskListener listener;
    private Consumer<Throwable> fatal;
    private Worker worker;

    @AfterEach
    void close() {
        executor.stuck.countDown();
        if (worker != null) {
            worker.close();
        }
    }

    private static WorkerSettings settings(String... keysAndValues) {
        Config config = Config.empty().with("worker.bind-host", "127.0.0.1");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config = config.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return WorkerSettings.from(config);
    }

    private void start(WorkerSettings settings, CoordinatorLink.Connector connector) {
        worker =
                Worker.start(
                        settings,
                        PROFILE,
                        SECRET,
                        connector,
                        (self, exchange, results, tasks, onFatal) -> {
                            listener = tasks;
                            fatal = onFatal;
                            return executor;
                        });
    }

    private void startInProcess(String... keysAndValues) {
        start(settings(keysAndValues), CoordinatorLink.inProcess("worker-1", coordinator::accept));
    }

    private void register(long intervalMs, long timeoutMs) throws Exception {
        assertThat(coordinator.next())
                .isInstanceOfSatisfying(
                        RegisterWorker.class,
                        message -> {
                            assertThat(message.address()).isEqualTo(worker.address());
                            assertThat(message.slots()).isEqualTo(2);
                            assertThat(message.processId())
                                    .isEqualTo(ProcessHandle.current().pid());
                        });
        coordinator.say(new Welcome(1, intervalMs, timeoutMs));
    }

    @Test
    void registersThenBeatsWithTheCountersOfItsTasks() throws Exception {
        TaskProgress progress = new TaskProgress(ATTEMPT, TaskState.RUNNING, 1, 2, 3, 4, 5, 6);
        executor.progress = List.of(progress);
        startInProcess();
        register(20, 30_000);

        assertThat(coordinator.next()).isEqualTo(new Heartbeat("worker-1", 1, List.of(progress)));
        assertThat(coordinator.next()).isEqualTo(new Heartbeat("worker-1", 2, List.of(progress)));
        executor.progress = List.of();
    }

    @Test
    void handsTokensToItsProcessAlsoBeforeItIsWelcome() throws Exception {
        BlockingQueue<byte[]> tokens = new LinkedBlockingQueue<>();
        worker =
                Worker.start(
                        settings(),
                        PROFILE,
                        SECRET,
                        CoordinatorLink.inProcess("worker-1", coordinator::accept),
                        (self, exchange, results, tasks, onFatal) -> executor,
                        tokens::add);
        assertThat(coordinator.next()).isInstanceOf(RegisterWorker.class);

        coordinator.say(new ToWorker.NewTokens(2, new byte[] {1, 2}));
        coordinator.say(new ToWorker.NewTokens(1, new byte[] {3})); // of a former leader
        coordinator.say(new Welcome(2, 20, 30_000));
        coordinator.say(new ToWorker.NewTokens(2, new byte[] {4}));

        assertThat(tokens.poll(30, TimeUnit.SECONDS)).containsExactly(1, 2);
        assertThat(tokens.poll(30, TimeUnit.SECONDS)).containsExactly(4);
    }

    @Test
    void looksForTheNextCoordinatorIfItHasResultsOfStages() throws Exception {
        FakeCoordinator next = new FakeCoordinator();
        Iterator<FakeCoordinator> leaders = List.of(coordinator, next).iterator();
        executor.results = List.of(new ResultId(JOB, 0, 1, 2));
        start(
                settings(),
                receiver ->
                        CoordinatorLink.inProcess("worker-1", leaders.next()::accept)
                                .connect(receiver));
        register(30_000, 100); // and says nothing more

        assertThat(next.nextButHeartbeats())
                .isInstanceOfSatisfying(
                        RegisterWorker.class,
                        message -> {
                            assertThat(message.address()).isEqualTo(worker.address());
                            assertThat(message.epoch()).isEqualTo(1);
                            assertThat(message.results()).isEqualTo(executor.results);
                        });
        assertThat(executor.abandoned.getCount()).as("its tasks have been ended").isZero();
        next.say(new Welcome(2, 30_000, 30_000));
        next.say(new ReleaseJob(2, JOB));
        assertThat(executor.next()).isEqualTo(new ReleaseJob(2, JOB));
    }

    @Test
    void passesWhatItIsToldToItsTasksInOrder() throws Exception {
        startInProcess();
        register(10_000, 30_000);
        for (int i = 0; i < 100; i++) {
            coordinator.say(new CancelTasks(1, List.of(new AttemptId(JOB, i, 0, 0))));
        }
        coordinator.say(new ReleaseJob(1, JOB));

        for (int i = 0; i < 100; i++) {
            assertThat(executor.next())
                    .isEqualTo(new CancelTasks(1, List.of(new AttemptId(JOB, i, 0, 0))));
        }
        assertThat(executor.next()).isEqualTo(new ReleaseJob(1, JOB));
    }

    @Test
    void doesNotPassOnWhatAFormerLeaderSays() throws Exception {
        startInProcess();
        register(10_000, 30_000);
        coordinator.say(new ReleaseJob(5, JOB));
        coordinator.say(new CancelTasks(4, List.of(ATTEMPT)));
        coordinator.say(new ReleaseJob(6, JOB));

        assertThat(executor.next()).isEqualTo(new ReleaseJob(5, JOB));
        assertThat(executor.next()).isEqualTo(new ReleaseJob(6, JOB));
    }

    @Test
    void tellsWhatTasksSayInTheOrderTheySayIt() throws Exception {
        startInProcess();
        register(10_000, 30_000);
        for (TaskState state : List.of(TaskState.DEPLOYING, TaskState.RUNNING)) {
            listener.tell(change(state, List.of()));
        }
        listener.tell(change(TaskState.FINISHED, committables(10)));

        assertThat(coordinator.next()).isEqualTo(change(TaskState.DEPLOYING, List.of()));
        assertThat(coordinator.next()).isEqualTo(change(TaskState.RUNNING, List.of()));
        assertThat(((TaskChanged) coordinator.next()).state()).isEqualTo(TaskState.FINISHED);
    }

    @Test
    void aResultThatNoFrameCanCarryFailsItsTask() throws Exception {
        startInProcess();
        register(10_000, 30_000);
        listener.tell(change(TaskState.FINISHED, committables(17 << 20)));

        assertThat(coordinator.next())
                .isInstanceOfSatisfying(
                        TaskChanged.class,
                        message -> {
                            assertThat(message.state()).isEqualTo(TaskState.FAILED);
                            assertThat(message.failure().summary())
                                    .contains("16777216", ATTEMPT.toString());
                        });
    }

    private static TaskChanged change(TaskState state, List<OperatorCommittables> committables) {
        return new TaskChanged(
                ATTEMPT,
                state,
                null,
                committables,
                new TaskProgress(ATTEMPT, state, 0, 0, 0, 0, 0, 0));
    }

    private static List<OperatorCommittables> committables(int bytes) {
        return List.of(new OperatorCommittables(1, 0, 0, 1, List.of(new byte[bytes])));
    }

    @Test
    void endsWhenToldAndSaysGoodbyeAfterItsTasksHaveEnded() throws Exception {
        startInProcess();
        register(10_000, 30_000);
        coordinator.say(new Shutdown(1, "job done"));

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.SHUT_DOWN);
        assertThat(executor.closed.getCount()).isZero();
        assertThat(coordinator.awaitClosed()).isNull();
    }

    @Test
    void endsWhenRejected() throws Exception {
        startInProcess();
        coordinator.say(new Rejected(1, "declared lost"));

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.REJECTED);
        assertThat(worker.awaitExit().code()).isEqualTo(20);
    }

    @Test
    void endsWhenTheCoordinatorIsSilent() throws Exception {
        startInProcess();
        register(50, 200);

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.COORDINATOR_LOST);
        assertThat(executor.closed.getCount()).isZero();
    }

    @Test
    void endsWhenItsRegistrationIsNotAnswered() throws Exception {
        startInProcess("worker.connect-timeout", "100 ms");

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.NOT_REGISTERED);
    }

    @Test
    void givesUpOnUserCodeThatDoesNotEnd() throws Exception {
        executor.stuck = new CountDownLatch(1);
        startInProcess("worker.shutdown-timeout", "100 ms");
        register(10_000, 30_000);

        worker.stop("test");

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.TASKS_STUCK);
        assertThat(coordinator.awaitClosed()).isNull();
    }

    @Test
    void aDefectInTheExecutorEndsTheWorker() throws Exception {
        startInProcess();
        register(10_000, 30_000);

        fatal.accept(new AssertionError("a loop broke"));

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.DEFECT);
    }

    @Test
    void aTaskThatCannotBeStoppedEndsTheWorkerAsStuck() throws Exception {
        startInProcess();
        register(10_000, 30_000);

        fatal.accept(new MillraceException(ErrorCode.INTERNAL, "task has not ended"));

        assertThat(worker.awaitExit()).isEqualTo(WorkerExit.TASKS_STUCK);
    }

    @Test
    void livesOverTheNetworkTheSameWay() throws Exception {
        try (WireServer server =
                WireServer.listen("127.0.0.1", 0, SECRET, Purpose.CONTROL, coordinator::accept)) {
            start(
                    settings(),
                    CoordinatorLink.overNetwork(
                            "127.0.0.1", server.port(), SECRET, Duration.ofSeconds(20)));
            register(50, 30_000);
            assertThat(coordinator.next()).isInstanceOf(Heartbeat.class);
            coordinator.say(new ReleaseJob(1, JOB));
            assertThat(executor.next()).isEqualTo(new ReleaseJob(1, JOB));
            listener.tell(change(TaskState.RUNNING, List.of()));
            assertThat(coordinator.nextButHeartbeats())
                    .isEqualTo(change(TaskState.RUNNING, List.of()));

            worker.stop("test");

            assertThat(worker.awaitExit()).isEqualTo(WorkerExit.SHUT_DOWN);
            assertThat(coordinator.awaitClosed()).isNull();
        }
    }

    @Test
    void endsWhenTheCoordinatorSaysGoodbye() throws Exception {
        try (WireServer server =
                WireServer.listen("127.0.0.1", 0, SECRET, Purpose.CONTROL, coordinator::accept)) {
            start(
                    settings(),
                    CoordinatorLink.overNetwork(
                            "127.0.0.1", server.port(), SECRET, Duration.ofSeconds(20)));
            register(10_000, 60_000);
            coordinator.connection.get(40, TimeUnit.SECONDS).close();

            assertThat(worker.awaitExit()).isEqualTo(WorkerExit.COORDINATOR_LOST);
        }
    }

    @Test
    void leavesNothingBehindWhenThereIsNoCoordinator() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }

        assertThatThrownBy(
                        () ->
                                start(
                                        settings(),
                                        CoordinatorLink.overNetwork(
                                                "127.0.0.1",
                                                nobody,
                                                SECRET,
                                                Duration.ofSeconds(20))))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_UNREACHABLE));
        assertThat(executor.closed.getCount()).isZero();
    }
}
