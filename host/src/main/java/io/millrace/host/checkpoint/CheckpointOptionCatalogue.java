package io.millrace.host.checkpoint;

import io.millrace.api.option.Option;
import io.millrace.api.option.OptionCatalogue;
import java.util.List;

/** The options of the host's work on checkpoints. */
public final class CheckpointOptionCatalogue implements OptionCatalogue {
    @Override
    public List<Option<?>> options() {
        return List.of(VerificationOptions.RATE);
    }
}
