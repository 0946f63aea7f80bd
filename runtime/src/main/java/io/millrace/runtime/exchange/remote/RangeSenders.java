package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.remote.DataFrame.Fetch;
import io.millrace.runtime.exchange.stored.ResultFiles;
import io.millrace.runtime.exchange.stored.ResultFiles.Section;
import io.millrace.runtime.wire.DataConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The slices of results that are being sent on one connection. Confined to its network thread. */
final class RangeSenders {
    private final DataConnection connection;
    private final Supplier<ResultFiles> files;
    private final Map<Integer, RangeSender> senders = new HashMap<>();

    RangeSenders(DataConnection connection, Supplier<ResultFiles> files) {
        this.connection = connection;
        this.files = files;
    }

    void onFetch(int channel, Fetch fetch) {
        Section section;
        try {
            section = files.get().open(fetch.id(), fetch.from(), fetch.to());
        } catch (IOException e) {
            connection.send(DataFrame.rangeLost(channel, String.valueOf(e.getMessage())));
            return;
        }
        RangeSender sender = new RangeSender(connection, channel, section, fetch.windowBytes());
        if (section.bytes() != fetch.bytes()) {
            sender.close();
            connection.send(
                    DataFrame.rangeLost(
                            channel,
                            "ranges "
                                    + fetch.from()
                                    + " to "
                                    + (fetch.to() - 1)
                                    + " of result "
                                    + fetch.id()
                                    + " have "
                                    + section.bytes()
                                    + " bytes here, the reader was told of "
                                    + fetch.bytes()));
            return;
        }
        senders.put(channel, sender);
        send(sender);
    }

    void onCredit(int channel, long total) {
        RangeSender sender = senders.get(channel);
        if (sender != null) {
            sender.onGranted(total);
            send(sender);
        }
    }

    private void send(RangeSender sender) {
        if (sender.send()) {
            senders.remove(sender.channel());
            sender.close();
        }
    }

    /** Returns false if no range is being sent there. */
    boolean onCancel(int channel) {
        RangeSender sender = senders.remove(channel);
        if (sender == null) {
            return false;
        }
        sender.close();
        return true;
    }

    void onWritable() {
        new ArrayList<>(senders.values()).forEach(this::send);
    }

    void onClosed() {
        senders.values().forEach(RangeSender::close);
        senders.clear();
    }
}
