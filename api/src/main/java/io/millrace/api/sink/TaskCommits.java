package io.millrace.api.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Calls a committer for one batch after the other, and again for what asks to be retried. Confined
 * to its task.
 */
final class TaskCommits<CommT> implements AutoCloseable {
    /** About half a minute of pauses in all; then the task fails, and commits anew. */
    static final int MAX_ROUNDS = 10;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final Committer<CommT> committer;
    private final String name;
    private final CommitCounts counts;
    private List<CommittableWithLineage<CommT>> batch = List.of();
    private List<CommitRequests.One<CommT>> requests = List.of();
    private List<CommitRequests.One<CommT>> open = List.of();
    private int rounds;

    TaskCommits(Committer<CommT> committer, String name, CommitCounts counts) {
        this.committer = committer;
        this.name = name;
        this.counts = counts;
    }

    /** What is being committed, until it is taken; as it was given. */
    List<CommittableWithLineage<CommT>> underWay() {
        return batch;
    }

    /** Whether another round is needed, after a pause. */
    boolean waits() {
        return !open.isEmpty();
    }

    /** There is no batch under way. */
    void begin(List<CommittableWithLineage<CommT>> next) {
        batch = List.copyOf(next);
        requests = new ArrayList<>();
        for (CommittableWithLineage<CommT> each : batch) {
            requests.add(new CommitRequests.One<>(each.getCommittable()));
        }
        open = List.copyOf(requests);
        rounds = 0;
    }

    /**
     * Calls the committer once.
     *
     * @return how long to wait before the next round, in milliseconds, if it {@link #waits}
     * @throws MillraceException if something can never be committed, or was tried too often
     */
    long round() throws IOException, InterruptedException {
        if (rounds == MAX_ROUNDS) {
            throw new MillraceException(
                    ErrorCode.COMMIT_FAILED,
                    open.size()
                            + " of "
                            + batch.size()
                            + " committables of '"
                            + name
                            + "' still ask to be retried after "
                            + MAX_ROUNDS
                            + " attempts. Check the system that the sink writes to.");
        }
        committer.commit(List.<Committer.CommitRequest<CommT>>copyOf(open));
        open = CommitRequests.wantingRetry(open, name, counts);
        rounds++;
        return Math.min(FIRST_PAUSE_MS << (rounds - 1), LONGEST_PAUSE_MS);
    }

    /** The batch, as it was committed. */
    List<CommittableWithLineage<CommT>> take() {
        List<CommittableWithLineage<CommT>> committed = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            CommT updated = requests.get(i).getCommittable();
            committed.add(batch.get(i).map(before -> updated));
        }
        batch = List.of();
        requests = List.of();
        return committed;
    }

    /** Waits between rounds; only before the task runs. */
    List<CommittableWithLineage<CommT>> commitNow(List<CommittableWithLineage<CommT>> all)
            throws IOException, InterruptedException {
        if (all.isEmpty()) {
            return List.of();
        }
        begin(all);
        long pauseMs = round();
        while (waits()) {
            TimeUnit.MILLISECONDS.sleep(pauseMs);
            pauseMs = round();
        }
        return take();
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }
}
