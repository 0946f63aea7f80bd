package io.millrace.runtime.exchange.remote;

import io.millrace.api.option.Option;
import io.millrace.runtime.exchange.ExchangeOptions;
import java.time.Duration;
import java.util.List;

/** Options of the exchange between workers. Only {@link RemoteExchangeSettings} reads them. */
final class RemoteExchangeOptions {
    static final Option<Long> CHANNEL_WINDOW =
            Option.size("exchange.channel-window")
                    .defaultTo(512L << 10)
                    .between(1L << 10, 64L << 20)
                    .describe(
                            "Bytes that a channel between two workers may have on its way: queued"
                                    + " at the sender, in the network and unread at the receiver; one"
                                    + " more chunk may be begun within. Higher: fast links with long"
                                    + " delays are filled. Lower: less memory with thousands of"
                                    + " channels.");

    static final Option<Duration> OPEN_TIMEOUT =
            Option.duration("exchange.open-timeout")
                    .defaultTo(Duration.ofMinutes(2))
                    .between(Duration.ofMillis(10), Duration.ofHours(1))
                    .describe(
                            "How long one end of a channel waits for the other to be opened before"
                                    + " it fails with EXCHANGE_FAILED.");

    static final Option<Duration> CONNECT_TIMEOUT =
            Option.duration("exchange.connect-timeout")
                    .defaultTo(Duration.ofSeconds(20))
                    .between(Duration.ofMillis(100), Duration.ofMinutes(10))
                    .describe("How long a worker tries to connect to another one for its data.");

    static final Option<Integer> NETWORK_THREADS =
            Option.integer("exchange.network-threads")
                    .defaultTo(0)
                    .between(0, 64)
                    .describe(
                            "Threads of a worker that move data between workers; 0 takes one for"
                                    + " each four cores, at least one.");

    static final List<Option<?>> ALL =
            List.of(
                    CHANNEL_WINDOW,
                    ExchangeOptions.DRAIN_TARGET,
                    OPEN_TIMEOUT,
                    CONNECT_TIMEOUT,
                    NETWORK_THREADS);

    private RemoteExchangeOptions() {}
}
