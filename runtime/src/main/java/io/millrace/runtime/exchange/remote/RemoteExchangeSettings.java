package io.millrace.runtime.exchange.remote;

import io.millrace.api.option.Config;
import java.time.Duration;

/**
 * The options of the exchange between workers, resolved. Immutable.
 *
 * @param networkThreads at least 1
 */
public record RemoteExchangeSettings(
        long channelWindowBytes,
        Duration openTimeout,
        Duration connectTimeout,
        int networkThreads) {

    public static RemoteExchangeSettings from(Config config) {
        int threads = config.get(RemoteExchangeOptions.NETWORK_THREADS);
        return new RemoteExchangeSettings(
                config.get(RemoteExchangeOptions.CHANNEL_WINDOW),
                config.get(RemoteExchangeOptions.OPEN_TIMEOUT),
                config.get(RemoteExchangeOptions.CONNECT_TIMEOUT),
                threads == 0
                        ? Math.max(1, Runtime.getRuntime().availableProcessors() / 4)
                        : threads);
    }
}
