package io.millrace.batch.shuffle;

import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.exchange.remote.NetworkExchange;
import io.millrace.runtime.exchange.remote.RemoteExchangeSettings;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.wire.AppSecret;
import java.time.Duration;

/** A worker of this process, as far as its data goes. Thread-safe as its parts are. */
final class ShuffleWorker implements AutoCloseable {
    private static final AppSecret SECRET = AppSecret.random();

    private final NetworkExchange network;
    private final WorkerAddress address;
    private final DiskExchange disk;

    ShuffleWorker(String id, ShuffleSettings settings, Disk on) {
        network =
                NetworkExchange.serve(
                        id,
                        "127.0.0.1",
                        0,
                        SECRET,
                        new RemoteExchangeSettings(
                                64 << 10, Duration.ofSeconds(20), Duration.ofSeconds(5), 1),
                        new LocalExchange(4));
        address = new WorkerAddress(id, "127.0.0.1", network.port());
        disk = DiskExchange.start(address, settings, network, DiskExchange.Nodes.none(), on);
    }

    NetworkExchange network() {
        return network;
    }

    WorkerAddress address() {
        return address;
    }

    DiskExchange disk() {
        return disk;
    }

    @Override
    public void close() {
        try (network) {
            disk.close();
        }
    }
}
