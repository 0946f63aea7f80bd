package io.millrace.connector.kafka.sink;

import org.apache.kafka.clients.admin.TransactionDescription;

/**
 * What has become of one transaction, as far as the coordinator's entry of its id tells.
 *
 * <p>An entry tells of the newest transaction of an id only. It is about ours if it has the
 * producer id and epoch of ours, or the next epoch: brokers that give each transaction an epoch
 * step it when one ends, and those that end one on their own step it, too. So nothing is concluded
 * from an entry with any other epoch.
 */
enum TransactionFate {
    /** May be committed. */
    OPEN,
    COMMITTED,
    ABORTED,
    /** The entry is about something else. */
    UNKNOWN;

    /** Pure. */
    static TransactionFate of(TransactionDescription entry, long producerId, short epoch) {
        if (entry.producerId() != producerId) {
            return UNKNOWN;
        }
        boolean same = entry.producerEpoch() == epoch;
        boolean next = entry.producerEpoch() == epoch + 1;
        if (!same && !next) {
            return UNKNOWN;
        }
        return switch (entry.state()) {
            case ONGOING -> same ? OPEN : UNKNOWN;
            case PREPARE_COMMIT, COMPLETE_COMMIT -> COMMITTED;
            case PREPARE_ABORT, COMPLETE_ABORT, PREPARE_EPOCH_FENCE -> ABORTED;
            case EMPTY, UNKNOWN -> UNKNOWN;
        };
    }
}
