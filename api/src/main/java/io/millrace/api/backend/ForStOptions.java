package io.millrace.api.backend;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Option;

/** What concerns {@link ForStStateBackend}, as keys for a configuration. */
public class ForStOptions {
    /** The option of RocksDB. */
    public static final ConfigOption<String> LOCAL_DIRECTORIES = RocksDBOptions.LOCAL_DIRECTORIES;

    /** Without effect: timers are in the same snapshot wherever they are. */
    public static final ConfigOption<ForStStateBackend.PriorityQueueStateType>
            TIMER_SERVICE_FACTORY =
                    ConfigOption.of(
                            Option.choice(
                                            "state.backend.forst.timer-service.factory",
                                            ForStStateBackend.PriorityQueueStateType.class)
                                    .defaultTo(ForStStateBackend.PriorityQueueStateType.ForStDB)
                                    .withoutEffect(
                                            "timers are in the same snapshot wherever they are."));
}
