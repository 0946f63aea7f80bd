package io.millrace.connector.jdbc;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** How transactions of two phases are kept and ended. Immutable. */
public class JdbcExactlyOnceOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final boolean DEFAULT_TRANSACTION_PER_CONNECTION = false;
    private static final int DEFAULT_MAX_COMMIT_ATTEMPTS = 3;

    private final boolean recoverAndRollback;
    private final int maxCommitAttempts;
    private final boolean allowOutOfOrderCommits;
    private final Integer timeoutSec;
    private final boolean transactionPerConnection;
    private final String commitTable;

    private JdbcExactlyOnceOptions(JDBCExactlyOnceOptionsBuilder builder) {
        this.recoverAndRollback = builder.recoverAndRollback;
        this.maxCommitAttempts = builder.maxCommitAttempts;
        this.allowOutOfOrderCommits = builder.allowOutOfOrderCommits;
        this.timeoutSec = builder.timeoutSec;
        this.transactionPerConnection = builder.transactionPerConnection;
        this.commitTable = builder.commitTable;
    }

    public static JdbcExactlyOnceOptions defaults() {
        return builder().build();
    }

    public static JDBCExactlyOnceOptionsBuilder builder() {
        return new JDBCExactlyOnceOptionsBuilder();
    }

    public boolean isDiscoverAndRollbackOnRecovery() {
        return recoverAndRollback;
    }

    public boolean isAllowOutOfOrderCommits() {
        return allowOutOfOrderCommits;
    }

    public int getMaxCommitAttempts() {
        return maxCommitAttempts;
    }

    /** In seconds; null for the driver's own. */
    public Integer getTimeoutSec() {
        return timeoutSec;
    }

    public boolean isTransactionPerConnection() {
        return transactionPerConnection;
    }

    /** The table that each transaction writes a row into. */
    public Optional<String> getCommitTable() {
        return Optional.ofNullable(commitTable);
    }

    /** Not thread-safe. */
    public static class JDBCExactlyOnceOptionsBuilder {
        private boolean recoverAndRollback = true;
        private int maxCommitAttempts = DEFAULT_MAX_COMMIT_ATTEMPTS;
        private boolean allowOutOfOrderCommits;
        private Integer timeoutSec;
        private boolean transactionPerConnection = DEFAULT_TRANSACTION_PER_CONNECTION;
        private String commitTable;

        /**
         * Whether a subtask that starts rolls back what earlier attempts have left prepared; true
         * by default. What nobody rolls back keeps its locks.
         */
        public JDBCExactlyOnceOptionsBuilder withRecoveredAndRollback(
                boolean recoveredAndRollback) {
            this.recoverAndRollback = recoveredAndRollback;
            return this;
        }

        /**
         * How often a commit is tried that the database answers with an error; 3 by default. A
         * database that does not answer is asked as long as it takes.
         */
        public JDBCExactlyOnceOptionsBuilder withMaxCommitAttempts(int maxCommitAttempts) {
            if (maxCommitAttempts < 1) {
                throw new IllegalArgumentException(
                        "A commit is tried at least once, not " + maxCommitAttempts + " times.");
            }
            this.maxCommitAttempts = maxCommitAttempts;
            return this;
        }

        /**
         * Whether later transactions of a subtask are committed while an earlier one has to be
         * tried again; false by default.
         */
        public JDBCExactlyOnceOptionsBuilder withAllowOutOfOrderCommits(
                boolean allowOutOfOrderCommits) {
            this.allowOutOfOrderCommits = allowOutOfOrderCommits;
            return this;
        }

        /** The time-out that the driver is given, in seconds. Many drivers have none. */
        @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
        public JDBCExactlyOnceOptionsBuilder withTimeoutSec(Optional<Integer> timeoutSec) {
            this.timeoutSec = timeoutSec.orElse(null);
            return this;
        }

        /**
         * Whether each transaction has a connection of its own, closed when it is prepared; false
         * by default. For drivers that keep a connection busy until the commit, as MySQL's.
         */
        public JDBCExactlyOnceOptionsBuilder withTransactionPerConnection(
                boolean transactionPerConnection) {
            this.transactionPerConnection = transactionPerConnection;
            return this;
        }

        /**
         * A table {@code (xid VARCHAR(128) PRIMARY KEY, prepared_ms BIGINT)} into which each
         * transaction writes a row: the proof that it was committed, should the answer be lost.
         * PostgreSQL knows that by itself; for other databases the sink needs the table.
         */
        public JDBCExactlyOnceOptionsBuilder withCommitTable(String commitTable) {
            this.commitTable = Objects.requireNonNull(commitTable, "commit table");
            return this;
        }

        public JdbcExactlyOnceOptions build() {
            return new JdbcExactlyOnceOptions(this);
        }
    }
}
