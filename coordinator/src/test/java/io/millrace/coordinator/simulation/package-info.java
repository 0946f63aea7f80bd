/**
 * The real coordinator in a simulated world: workers, network, cluster, journal and committers that
 * fail as a seed says. Way in: {@link io.millrace.coordinator.simulation.Simulation}; {@code
 * SimulationCampaign} runs many. One thread, no real time: the same seed gives the same run.
 */
package io.millrace.coordinator.simulation;
