package io.millrace.host;

import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.runtime.message.ToWorker;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries effects out, one after the other: routes each to the one who does it. Confined to the
 * coordinator's thread.
 *
 * <p>An entry of the journal is durable when {@link JournalStore#append} returns, so everything
 * behind it happens after that; if it throws, nothing behind it happens.
 */
final class EffectRunner {
    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    /** Messages to workers. */
    interface Workers {
        void send(String workerId, ToWorker message);

        void close(String workerId);
    }

    private final JournalStore journal;
    private final Workers workers;
    private final ResourceDriver driver;
    private final Timers timers;
    private final JobServices services;
    private final Consumer<JobResult> jobEnded;
    private final Consumer<OperationView> operationEnded;

    EffectRunner(
            JournalStore journal,
            Workers workers,
            ResourceDriver driver,
            Timers timers,
            JobServices services,
            Consumer<JobResult> jobEnded,
            Consumer<OperationView> operationEnded) {
        this.journal = journal;
        this.workers = workers;
        this.driver = driver;
        this.timers = timers;
        this.services = services;
        this.jobEnded = jobEnded;
        this.operationEnded = operationEnded;
    }

    /**
     * @throws io.millrace.api.error.MillraceException from the journal: the caller gives up
     *     leadership
     */
    void carryOut(List<Effect> effects, long nowMs) {
        for (Effect effect : effects) {
            carryOut(effect, nowMs);
        }
    }

    private void carryOut(Effect effect, long nowMs) {
        Runnable step =
                switch (effect.kind()) {
                    case SEND -> () -> send((Effect.Send) effect);
                    case WANT_WORKERS -> () -> want((Effect.WantWorkers) effect);
                    case RELEASE_WORKER -> () -> release((Effect.ReleaseWorker) effect);
                    case KEEP_WORKERS ->
                            () -> driver.keep(((Effect.KeepWorkers) effect).workerIds());
                    case AVOID_NODES -> () -> avoid((Effect.AvoidNodes) effect);
                    case SET_TIMER -> () -> set((Effect.SetTimer) effect, nowMs);
                    case CANCEL_TIMER -> () -> timers.cancel(((Effect.CancelTimer) effect).timer());
                    case JOURNAL -> () -> append(((Effect.Journal) effect).entry());
                    case START_ENUMERATOR ->
                            () -> services.enumerators().start((Effect.StartEnumerator) effect);
                    case READER_REGISTERED ->
                            () ->
                                    services.enumerators()
                                            .readerRegistered((Effect.ReaderRegistered) effect);
                    case SPLIT_REQUEST ->
                            () -> services.enumerators().splitRequest((Effect.SplitRequest) effect);
                    case READER_GONE ->
                            () -> services.enumerators().readerGone((Effect.ReaderGone) effect);
                    case READER_EVENT ->
                            () -> services.enumerators().readerEvent((Effect.ReaderEvent) effect);
                    case STOP_ENUMERATORS ->
                            () -> services.enumerators().stop((Effect.StopEnumerators) effect);
                    case COMMIT -> () -> services.committers().commit((Effect.Commit) effect);
                    case SNAPSHOT_ENUMERATORS ->
                            () -> snapshotEnumerators((Effect.SnapshotEnumerators) effect);
                    case TELL_ENUMERATORS ->
                            () ->
                                    services.enumerators()
                                            .checkpointEnded((Effect.TellEnumerators) effect);
                    case STORE_CHECKPOINT ->
                            () -> services.checkpoints().store((Effect.StoreCheckpoint) effect);
                    case DELETE_CHECKPOINT_FILES ->
                            () ->
                                    services.checkpoints()
                                            .delete((Effect.DeleteCheckpointFiles) effect);
                    case READ_CHECKPOINTS ->
                            () -> services.checkpoints().read((Effect.ReadCheckpoints) effect);
                    case FORGET_CHECKPOINTS ->
                            () -> services.checkpoints().forget((Effect.ForgetCheckpoints) effect);
                    case RELEASE_CLAIMED ->
                            () -> services.checkpoints().release((Effect.ReleaseClaimed) effect);
                    case PLACE_SAVEPOINT ->
                            () -> services.savepoints().place((Effect.PlaceSavepoint) effect);
                    case STORE_SAVEPOINT ->
                            () -> services.savepoints().store((Effect.StoreSavepoint) effect);
                    case FIND_SAVEPOINT ->
                            () -> services.savepoints().find((Effect.FindSavepoint) effect);
                    case DISCARD_SAVEPOINT ->
                            () -> services.savepoints().discard((Effect.DiscardSavepoint) effect);
                    case OPERATION_ENDED ->
                            () ->
                                    operationEnded.accept(
                                            ((Effect.OperationEnded) effect).operation());
                    case WARN -> () -> LOG.warn("{}", ((Effect.Warn) effect).text());
                    case JOB_ENDED -> () -> end(((Effect.JobEnded) effect).result());
                };
        step.run();
    }

    private void end(JobResult result) {
        services.committers().jobEnded(result.jobId());
        services.checkpoints().jobEnded(result.jobId());
        jobEnded.accept(result);
    }

    private void want(Effect.WantWorkers want) {
        driver.want(want.count(), want.near());
    }

    private void send(Effect.Send send) {
        boolean restores =
                send.message() instanceof ToWorker.DeployTasks deploy
                        && !deploy.restores().isEmpty();
        if (restores) {
            FaultPoint.RECOVERY_DEALT_OUT.hit();
        }
        workers.send(send.workerId(), send.message());
        if (restores) {
            FaultPoint.RECOVERY_DEPLOYED.hit();
        } else if (send.message().kind() == ToWorker.Kind.TRIGGER_CHECKPOINT) {
            FaultPoint.CHECKPOINT_TRIGGER_SENT.hit();
        }
    }

    private void snapshotEnumerators(Effect.SnapshotEnumerators effect) {
        FaultPoint.CHECKPOINT_ID_TAKEN.hit();
        services.enumerators().snapshot(effect);
    }

    private void avoid(Effect.AvoidNodes avoid) {
        for (BlockedNode node : avoid.nodes()) {
            LOG.warn(
                    "Node gets no new tasks and workers. node={} untilMs={} reason={}",
                    node.node(),
                    node.untilMs(),
                    node.reason());
        }
        driver.avoid(avoid.nodes());
    }

    private void release(Effect.ReleaseWorker release) {
        workers.close(release.workerId());
        driver.release(release.workerId(), release.reason());
    }

    private void set(Effect.SetTimer set, long nowMs) {
        timers.set(set.timer(), nowMs + set.delayMs());
    }

    private void append(JournalEntry entry) {
        JournalFaultPoints.before(entry);
        journal.append(JournalCodec.encode(entry));
        JournalFaultPoints.after(entry);
    }
}
