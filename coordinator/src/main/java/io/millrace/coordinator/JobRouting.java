package io.millrace.coordinator;

import io.millrace.coordinator.job.JobMaster;
import io.millrace.coordinator.job.Turn;
import io.millrace.runtime.message.ToCoordinator;

/** Which door of a job an event or a worker's message goes to. */
final class JobRouting {
    private JobRouting() {}

    static void tell(JobMaster job, Event.OfJob event, Turn turn) {
        switch (event.kind()) {
            case JOB_CANCEL_REQUESTED ->
                    job.onCancelRequested(((Event.JobCancelRequested) event).who(), turn);
            case SPLITS_ASSIGNED ->
                    turn.addAll(job.readers().onSplitsAssigned((Event.SplitsAssigned) event));
            case ENUMERATOR_HEARS_ATTEMPTS ->
                    turn.addAll(
                            job.readers().onHearsAttempts((Event.EnumeratorHearsAttempts) event));
            case ENUMERATOR_SPOKE ->
                    turn.addAll(job.readers().onEnumeratorSpoke((Event.EnumeratorSpoke) event));
            case ENUMERATOR_FAILED -> job.onEnumeratorFailed((Event.EnumeratorFailed) event, turn);
            case ENUMERATOR_SNAPSHOT ->
                    job.checkpoints().onEnumeratorSnapshot((Event.EnumeratorSnapshot) event, turn);
            case COMMIT_ENDED -> job.onCommitEnded(((Event.CommitEnded) event).failure(), turn);
            case CHECKPOINT_STORED ->
                    job.checkpoints().onStored((Event.CheckpointStored) event, turn);
            case CHECKPOINT_DAMAGED ->
                    job.checkpoints().onDamaged((Event.CheckpointDamaged) event, turn);
            case CHECKPOINTS_READ -> job.checkpoints().onRead((Event.CheckpointsRead) event, turn);
            case SAVEPOINT_PLACED ->
                    job.checkpoints().onSavepointPlaced((Event.SavepointPlaced) event, turn);
            case SAVEPOINT_STORED ->
                    job.checkpoints().onSavepointStored((Event.SavepointStored) event, turn);
            default -> throw new IllegalStateException(event.kind() + " is not of one job");
        }
    }

    static void tell(JobMaster job, String workerId, ToCoordinator message, Turn turn) {
        switch (message.kind()) {
            case TASK_CHANGED ->
                    job.onTaskChanged(workerId, (ToCoordinator.TaskChanged) message, turn);
            case SPLIT_REQUESTED -> {
                var request = (ToCoordinator.SplitRequested) message;
                turn.addAll(job.readers().onSplitRequested(workerId, request));
            }
            case SOURCE_EVENT -> {
                var said = (ToCoordinator.ReaderEvent) message;
                turn.addAll(job.readers().onReaderEvent(workerId, said));
            }
            case SOURCE_WATERMARK -> {
                var watermark = (ToCoordinator.SourceWatermark) message;
                turn.addAll(job.readers().onSourceWatermark(workerId, watermark));
            }
            case CHECKPOINT_ACKED -> {
                var acknowledged = (ToCoordinator.CheckpointAcked) message;
                job.checkpoints().onAcknowledged(workerId, acknowledged, turn);
            }
            case CHECKPOINT_DECLINED ->
                    job.checkpoints().onDeclined((ToCoordinator.CheckpointDeclined) message, turn);
            case REGISTER, HEARTBEAT ->
                    throw new IllegalStateException(message.kind() + " is not of one job");
        }
    }
}
