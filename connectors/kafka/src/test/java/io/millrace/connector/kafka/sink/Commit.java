package io.millrace.connector.kafka.sink;

import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** One request and what the committer said of it. */
final class Commit implements Committer.CommitRequest<KafkaCommittable> {
    private final KafkaCommittable committable;
    private String said = "committed";
    private Throwable failure;
    private int retries;

    private Commit(KafkaCommittable committable) {
        this.committable = committable;
    }

    /** Asks once. */
    static Commit once(KafkaCommitter committer, KafkaCommittable committable)
            throws IOException, InterruptedException {
        Commit commit = new Commit(committable);
        committer.commit(List.of(commit));
        return commit;
    }

    /**
     * Asks with a committer of its own, again and again while it wants that, as the engine does.
     */
    static Commit of(KafkaSinkSettings<?> settings, KafkaCommittable committable)
            throws IOException, InterruptedException {
        return of(settings, List.of(committable)).get(0);
    }

    static List<Commit> of(KafkaSinkSettings<?> settings, Collection<KafkaCommittable> committables)
            throws IOException, InterruptedException {
        List<Commit> all = committables.stream().map(Commit::new).toList();
        try (KafkaCommitter committer = new KafkaCommitter(settings)) {
            List<Commit> open = all;
            while (!open.isEmpty()) {
                open.forEach(each -> each.said = "committed");
                committer.commit(List.<Committer.CommitRequest<KafkaCommittable>>copyOf(open));
                open = open.stream().filter(each -> each.said.equals("again")).toList();
                open.forEach(each -> each.retries++);
            }
        }
        return all;
    }

    /** {@code committed}, {@code already}, {@code again}, {@code lost} or {@code failed}. */
    String said() {
        return said;
    }

    Throwable failure() {
        return failure;
    }

    @Override
    public KafkaCommittable getCommittable() {
        return committable;
    }

    @Override
    public int getNumberOfRetries() {
        return retries;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
        said = "lost";
        failure = t;
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
        said = "failed";
        failure = t;
    }

    @Override
    public void retryLater() {
        said = "again";
    }

    @Override
    public void updateAndRetryLater(KafkaCommittable committable) {
        throw new UnsupportedOperationException("a transaction does not change");
    }

    @Override
    public void signalAlreadyCommitted() {
        said = "already";
    }
}
