package io.millrace.connector.jdbc.sink;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.sink.WriterInitContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.transaction.xa.XAException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepared transactions that nobody will commit: of earlier attempts of the same job, and of a job
 * whose checkpoint this one has claimed. No task starts before all is committed that the restored
 * checkpoint promised, so what is left then was never promised.
 */
final class LeftTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(LeftTransactions.class);

    private LeftTransactions() {}

    /** Returns how many were rolled back. */
    static int rollBack(
            XaSession session,
            SinkXids ids,
            WriterInitContext context,
            Collection<JdbcWriterState> restored)
            throws XAException {
        List<byte[]> claimed = claimed(ids, context, restored);
        int count = 0;
        for (SinkXid xid : session.prepared()) {
            if (ids.isLeftBehind(xid)
                    || claimed.stream().anyMatch(scope -> ids.isMineIn(scope, xid))) {
                session.rollBack(xid);
                LOG.info("transaction of an earlier attempt rolled back xid={}", xid);
                count++;
            }
        }
        return count;
    }

    /** A job that was only started from, and not claimed, may still run. */
    private static List<byte[]> claimed(
            SinkXids ids, WriterInitContext context, Collection<JdbcWriterState> restored) {
        List<byte[]> scopes = new ArrayList<>();
        boolean claims =
                context instanceof RichWriterInitContext known
                        && known.config().get(CheckpointOptions.CLAIM_MODE)
                                == RecoveryClaimMode.CLAIM;
        for (JdbcWriterState state : restored) {
            if (claims && !Arrays.equals(state.operatorScope(), ids.operatorScope())) {
                scopes.add(state.operatorScope());
            }
        }
        return scopes;
    }
}
