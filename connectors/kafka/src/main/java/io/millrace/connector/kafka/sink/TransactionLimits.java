package io.millrace.connector.kafka.sink;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.RestartStrategyOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether transactions live long enough: until a job that fails right after a checkpoint has come
 * back and commits. Changes nothing outside.
 */
final class TransactionLimits {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionLimits.class);

    static final String BROKER_LIMIT = "transaction.max.timeout.ms";

    /** How many times a checkpoint and a restart have to fit. */
    private static final int SAFETY = 3;

    /** Until the loss of a worker is noticed, a new one is there, and state is read. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private TransactionLimits() {}

    /**
     * Of the job alone.
     *
     * @throws MillraceException naming the numbers
     */
    static void check(KafkaSinkSettings<?> settings, ExecutionMode mode, Config config) {
        if (mode == ExecutionMode.BATCH) {
            return; // one transaction a subtask, as long as it writes
        }
        Duration interval = config.find(CheckpointOptions.INTERVAL).orElse(Duration.ZERO);
        if (interval.isZero()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the Kafka sink with prefix '"
                            + settings.transactionalIdPrefix()
                            + "' is exactly-once, but the job takes no checkpoints, so that nothing"
                            + " would ever be committed. Set execution.checkpointing.interval, or"
                            + " use AT_LEAST_ONCE.");
        }
        Duration restart = longestRestart(config);
        long neededMs = SAFETY * (interval.toMillis() + restart.toMillis());
        if (settings.transactionTimeoutMs() < neededMs) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "transaction.timeout.ms of the Kafka sink with prefix '"
                            + settings.transactionalIdPrefix()
                            + "' is "
                            + settings.transactionTimeoutMs()
                            + ", but must be at least "
                            + neededMs
                            + ": "
                            + SAFETY
                            + " times a checkpoint interval of "
                            + interval.toMillis()
                            + " ms and a restart of up to "
                            + restart.toMillis()
                            + " ms. Else brokers could abort what a checkpoint has promised. Raise"
                            + " it (and "
                            + BROKER_LIMIT
                            + " of the brokers), or take checkpoints more often.");
        }
    }

    private static Duration longestRestart(Config config) {
        Configuration options = Configuration.of(config);
        String strategy =
                options.getOptional(RestartStrategyOptions.RESTART_STRATEGY)
                        .orElse("exponential-delay")
                        .replace('_', '-')
                        .toLowerCase(java.util.Locale.ROOT);
        Duration pause =
                switch (strategy) {
                    case "none", "off", "disable" -> Duration.ZERO;
                    case "fixed-delay", "fixeddelay" ->
                            options.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY);
                    case "failure-rate", "failurerate" ->
                            options.get(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_DELAY);
                    default ->
                            options.get(
                                    RestartStrategyOptions
                                            .RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
                };
        return pause.plus(RECOVERY);
    }

    /**
     * Of the brokers.
     *
     * @throws MillraceException naming the numbers, or that the brokers do not answer
     */
    static void check(KafkaSinkSettings<?> settings, Admin admin) throws InterruptedException {
        try {
            Map<ConfigResource, Node> nodes = new HashMap<>();
            for (Node node : admin.describeCluster().nodes().get()) {
                nodes.put(new ConfigResource(ConfigResource.Type.BROKER, node.idString()), node);
            }
            admin.describeConfigs(nodes.keySet())
                    .all()
                    .get()
                    .forEach(
                            (resource, found) ->
                                    check(settings, nodes.get(resource), found.get(BROKER_LIMIT)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.warn(
                        "Brokers do not tell the longest time-out of transactions. servers={}",
                        settings.servers(),
                        e.getCause());
                return; // they refuse a transaction that is over it
            }
            throw SinkErrors.of(e, "ask for the limits of transactions", settings.servers());
        }
    }

    private static void check(KafkaSinkSettings<?> settings, Node node, ConfigEntry limit) {
        if (limit == null || limit.value() == null) {
            return;
        }
        long most = Long.parseLong(limit.value());
        if (settings.transactionTimeoutMs() > most) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "transaction.timeout.ms of the Kafka sink with prefix '"
                            + settings.transactionalIdPrefix()
                            + "' is "
                            + settings.transactionTimeoutMs()
                            + ", but broker "
                            + node.idString()
                            + " at "
                            + node.host()
                            + ":"
                            + node.port()
                            + " allows "
                            + most
                            + " ("
                            + BROKER_LIMIT
                            + "). Raise that, or lower transaction.timeout.ms.");
        }
    }
}
