package io.millrace.connector.kafka.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends transactions that nobody will commit, so that readers need not wait for their time-out. */
final class OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    private OpenTransactions() {}

    /**
     * Aborts those that are open now. Waits for the brokers. Whoever has one of them cannot write
     * to it or commit it any more.
     *
     * @return how many
     * @throws io.millrace.api.error.MillraceException if the brokers do not answer or refuse
     */
    static int abort(Admin admin, String servers, Predicate<String> id)
            throws InterruptedException {
        try {
            List<String> open = new ArrayList<>();
            for (TransactionListing each :
                    admin.listTransactions(
                                    new ListTransactionsOptions()
                                            .filterStates(Set.of(TransactionState.ONGOING)))
                            .all()
                            .get()) {
                if (id.test(each.transactionalId())) {
                    open.add(each.transactionalId());
                }
            }
            if (!open.isEmpty()) {
                admin.fenceProducers(open).all().get();
                LOG.info("Aborted transactions that attempts have left. ids={}", open);
            }
            return open.size();
        } catch (ExecutionException e) {
            throw SinkErrors.of(e, "abort transactions that earlier attempts have left", servers);
        }
    }
}
