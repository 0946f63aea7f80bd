package io.millrace.connector.jdbc.sink;

import io.millrace.connector.jdbc.JdbcErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that has transactions of two phases. Confined to whoever opened it. */
final class XaSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XaSession.class);

    private final XAConnection physical;
    private final Connection connection;
    private final XAResource resource;
    private final String url;

    private XaSession(
            XAConnection physical, Connection connection, XAResource resource, String url) {
        this.physical = physical;
        this.connection = connection;
        this.resource = resource;
        this.url = url;
    }

    static XaSession open(JdbcSinkSettings<?> settings) throws SQLException {
        XAConnection physical = settings.dataSources().get().getXAConnection();
        try {
            XAResource resource = physical.getXAResource();
            Integer timeoutSec = settings.transactions().getTimeoutSec();
            if (timeoutSec != null && !resource.setTransactionTimeout(timeoutSec)) {
                LOG.debug("The driver has no time-out of transactions.");
            }
            Connection connection = physical.getConnection();
            return new XaSession(
                    physical,
                    connection,
                    resource,
                    JdbcErrors.withoutPassword(String.valueOf(connection.getMetaData().getURL())));
        } catch (SQLException | RuntimeException e) {
            closeQuietly(physical);
            throw e;
        } catch (XAException e) {
            closeQuietly(physical);
            throw new SQLException(XaErrors.described(e), e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Without a password. */
    String url() {
        return url;
    }

    void start(SinkXid xid) throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    /**
     * @return false if the transaction had changed nothing and is over
     */
    boolean endAndPrepare(SinkXid xid) throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        return resource.prepare(xid) != XAResource.XA_RDONLY;
    }

    void commit(SinkXid xid) throws XAException {
        resource.commit(xid, false);
    }

    /** Ends a transaction that is not prepared; what fails is left to the end of the connection. */
    void abandon(SinkXid xid) {
        try {
            resource.end(xid, XAResource.TMFAIL);
        } catch (XAException e) {
            LOG.debug("A transaction was not ended. {} {}", xid, XaErrors.described(e));
        }
        try {
            resource.rollback(xid);
        } catch (XAException e) {
            LOG.debug("A transaction was not rolled back. {} {}", xid, XaErrors.described(e));
        }
    }

    /** Rolls back a prepared transaction; nothing happens if there is none. */
    void rollBack(SinkXid xid) throws XAException {
        try {
            resource.rollback(xid);
        } catch (XAException e) {
            if (XaErrors.answer(e) == XaErrors.Answer.NOT_KNOWN
                    || XaErrors.answer(e) == XaErrors.Answer.ROLLED_BACK) {
                return;
            }
            throw e;
        }
    }

    /** All prepared transactions that are a sink's, of whichever job. */
    List<SinkXid> prepared() throws XAException {
        List<SinkXid> found = new ArrayList<>();
        for (Xid each : resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
            SinkXid xid = SinkXid.of(each);
            if (xid != null) {
                found.add(xid);
            }
        }
        return found;
    }

    @Override
    public void close() {
        closeQuietly(physical);
    }

    private static void closeQuietly(XAConnection physical) {
        try {
            physical.close();
        } catch (SQLException e) {
            LOG.debug("A connection was not closed.", e);
        }
    }
}
