package io.millrace.yarn.submit;

import java.util.Collection;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.QueueInfo;

/** What share of a cluster a queue may have at most. Pure. */
final class QueueShare {
    private QueueShare() {}

    /**
     * The product of the largest shares from the root down to a queue.
     *
     * @param queues all of a cluster, each with those below it
     * @param name of a queue, or its path
     * @return from 0 to 1; empty if there is no such queue, or its scheduler has no shares
     */
    static Optional<Double> most(Collection<QueueInfo> queues, String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return queues.stream()
                .filter(queue -> queue.getQueueName().equals(last))
                .findFirst()
                .flatMap(
                        queue -> {
                            double share = queue.getMaximumCapacity();
                            if (Double.isNaN(share) || share <= 0) {
                                return Optional.empty(); // as where shares are weights
                            }
                            Optional<QueueInfo> above =
                                    queues.stream()
                                            .filter(each -> hasChild(each, last))
                                            .findFirst();
                            return above.isEmpty()
                                    ? Optional.of(Math.min(1, share))
                                    : most(queues, above.get().getQueueName())
                                            .map(whole -> whole * Math.min(1, share));
                        });
    }

    private static boolean hasChild(QueueInfo queue, String name) {
        return queue.getChildQueues() != null
                && queue.getChildQueues().stream()
                        .anyMatch(child -> child.getQueueName().equals(name));
    }
}
