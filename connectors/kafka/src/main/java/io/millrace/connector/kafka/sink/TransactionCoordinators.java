package io.millrace.connector.kafka.sink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Tells coordinators to commit transactions that other processes have prepared. Confined to one
 * thread; waits for the brokers, each time at most as long as {@code request.timeout.ms}.
 *
 * <p>The client's public classes can end only transactions that they have begun. So requests are
 * made here, of the classes that those themselves use: with the id, the producer id and the epoch,
 * {@code EndTxn} says which transaction is meant, and repeating it is harmless.
 */
final class TransactionCoordinators implements AutoCloseable {
    private static final String NAME = "transaction-coordinators";

    private final AdminClientConfig config;
    private final Metrics metrics = new Metrics();
    private final KafkaClient client;
    private final Map<String, Node> coordinators = new HashMap<>();
    private final int timeoutMs;

    private TransactionCoordinators(AdminClientConfig config) {
        this.config = config;
        this.timeoutMs = config.getInt(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
        this.client =
                ClientUtils.createNetworkClient(
                        config,
                        config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                        NAME,
                        metrics,
                        NAME,
                        new LogContext("[" + NAME + "] "),
                        new ApiVersions(),
                        Time.SYSTEM,
                        1,
                        timeoutMs,
                        null,
                        new ManualMetadataUpdater(),
                        new DefaultHostResolver(),
                        null,
                        null);
    }

    static TransactionCoordinators of(KafkaSinkSettings<?> settings) {
        return new TransactionCoordinators(new AdminClientConfig(settings.admin(NAME)));
    }

    /**
     * Asks for a commit.
     *
     * @return what the coordinator answered; {@link Errors#NONE} also if it was committed before
     * @throws IOException if there was no answer; it may or may not be committed then
     */
    Errors commit(KafkaCommittable transaction) throws IOException {
        String id = transaction.transactionalId();
        Node coordinator = coordinators.get(id);
        if (coordinator == null) {
            FindCoordinatorResponseData.Coordinator found = find(id);
            Errors error = Errors.forCode(found.errorCode());
            if (error != Errors.NONE) {
                return error;
            }
            coordinator = new Node(found.nodeId(), found.host(), found.port());
            coordinators.put(id, coordinator);
        }
        EndTxnRequestData data =
                new EndTxnRequestData()
                        .setTransactionalId(id)
                        .setProducerId(transaction.producerId())
                        .setProducerEpoch(transaction.producerEpoch())
                        .setCommitted(true);
        try {
            AbstractResponse answer =
                    ask(
                            coordinator,
                            new EndTxnRequest.Builder(data, transaction.epochPerTransaction()));
            Errors error = ((EndTxnResponse) answer).error();
            if (error == Errors.NOT_COORDINATOR || error == Errors.COORDINATOR_NOT_AVAILABLE) {
                coordinators.remove(id);
            }
            return error;
        } catch (IOException e) {
            coordinators.remove(id);
            throw e;
        }
    }

    /** Asks one server after the other. */
    private FindCoordinatorResponseData.Coordinator find(String id) throws IOException {
        FindCoordinatorRequestData data =
                new FindCoordinatorRequestData()
                        .setKeyType(FindCoordinatorRequest.CoordinatorType.TRANSACTION.id())
                        .setCoordinatorKeys(List.of(id));
        IOException failure = null;
        int number = -1;
        for (InetSocketAddress address : servers()) {
            Node server = new Node(number--, address.getHostString(), address.getPort());
            try {
                AbstractResponse answer = ask(server, new FindCoordinatorRequest.Builder(data));
                return ((FindCoordinatorResponse) answer).data().coordinators().get(0);
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    private List<InetSocketAddress> servers() {
        return ClientUtils.parseAndValidateAddresses(
                config.getList(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG),
                config.getString(AdminClientConfig.CLIENT_DNS_LOOKUP_CONFIG));
    }

    private AbstractResponse ask(Node node, AbstractRequest.Builder<?> request) throws IOException {
        if (!NetworkClientUtils.awaitReady(client, node, Time.SYSTEM, timeoutMs)) {
            throw new IOException("no connection to " + node + " within " + timeoutMs + " ms");
        }
        ClientRequest sent =
                client.newClientRequest(node.idString(), request, Time.SYSTEM.milliseconds(), true);
        ClientResponse answer = NetworkClientUtils.sendAndReceive(client, sent, Time.SYSTEM);
        return answer.responseBody();
    }

    @Override
    public void close() throws IOException {
        try (metrics) {
            client.close();
        }
    }
}
