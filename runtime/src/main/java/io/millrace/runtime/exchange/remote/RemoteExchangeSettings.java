package io.millrace.runtime.exchange.remote;

import io.millrace.api.option.Config;
import io.millrace.runtime.exchange.ExchangeOptions;
import java.time.Duration;

/**
 * The options of the exchange between workers, resolved. Immutable.
 *
 * @param drainTarget within which a reader should take what is on its way to it
 * @param networkThreads at least 1
 */
public record RemoteExchangeSettings(
        long channelWindowBytes,
        Duration drainTarget,
        Duration openTimeout,
        Duration connectTimeout,
        int networkThreads) {

    /** With the default drain target. */
    public RemoteExchangeSettings(
            long channelWindowBytes,
            Duration openTimeout,
            Duration connectTimeout,
            int networkThreads) {
        this(
                channelWindowBytes,
                ExchangeOptions.DRAIN_TARGET.defaultValue().orElseThrow(),
                openTimeout,
                connectTimeout,
                networkThreads);
    }

    public static RemoteExchangeSettings from(Config config) {
        int threads = config.get(RemoteExchangeOptions.NETWORK_THREADS);
        return new RemoteExchangeSettings(
                config.get(RemoteExchangeOptions.CHANNEL_WINDOW),
                config.get(ExchangeOptions.DRAIN_TARGET),
                config.get(RemoteExchangeOptions.OPEN_TIMEOUT),
                config.get(RemoteExchangeOptions.CONNECT_TIMEOUT),
                threads == 0
                        ? Math.max(1, Runtime.getRuntime().availableProcessors() / 4)
                        : threads);
    }
}
