package io.millrace.connector.kafka.sink;

/** How transactions get their ids. All ids begin with prefix, job, operator and subtask. */
public enum TransactionNamingStrategy {
    /** Each transaction has an id of its own. Brokers remember ids for days. */
    INCREMENTING,

    /**
     * An id is used again once its transaction is known to be committed, with the same producer and
     * a new epoch. Where brokers do not give each transaction an epoch (before Kafka 4, or with
     * {@code transaction.version} below 2), the same as {@link #INCREMENTING}.
     */
    POOLING;

    public static final TransactionNamingStrategy DEFAULT = POOLING;
}
