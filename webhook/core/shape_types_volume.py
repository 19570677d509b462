"""Fields of a volume: every source, and the claim template of an ephemeral one.

Source: the Go types of k8s.io/api v0.33 to v0.37 and k8s.io/apimachinery; the notation is that of `shape_types`.
"""

VOLUME = """
AWSElasticBlockStoreVolumeSource: volumeID, fsType string; partition int32; readOnly bool
AzureDiskVolumeSource: diskName, diskURI, cachingMode, fsType, kind string; readOnly bool
AzureFileVolumeSource: secretName, shareName string; readOnly bool
CSIVolumeSource: driver, fsType string; readOnly bool; volumeAttributes map[string]string;
    nodePublishSecretRef LocalObjectReference
CephFSVolumeSource: monitors []string; path, user, secretFile string; secretRef LocalObjectReference; readOnly bool
CinderVolumeSource: volumeID, fsType string; readOnly bool; secretRef LocalObjectReference
ClusterTrustBundleProjection: name, signerName, path string; labelSelector LabelSelector; optional bool;
    user int64 since 37
ConfigMapProjection: name string; items []KeyToPath; optional bool
ConfigMapVolumeSource: name string; items []KeyToPath; defaultMode int32; optional bool; defaultUser int64 since 37
DownwardAPIProjection: items []DownwardAPIVolumeFile
DownwardAPIVolumeFile: path string; fieldRef ObjectFieldSelector; resourceFieldRef ResourceFieldSelector;
    mode int32; user int64 since 37
DownwardAPIVolumeSource: items []DownwardAPIVolumeFile; defaultMode int32; defaultUser int64 since 37
EmptyDirVolumeSource: medium string; sizeLimit Quantity; mode int32 since 37
EphemeralVolumeSource: volumeClaimTemplate PersistentVolumeClaimTemplate
FCVolumeSource: targetWWNs, wwids []string; lun int32; fsType string; readOnly bool
FlexVolumeSource: driver, fsType string; secretRef LocalObjectReference; readOnly bool; options map[string]string
FlockerVolumeSource: datasetName, datasetUUID string
GCEPersistentDiskVolumeSource: pdName, fsType string; partition int32; readOnly bool
GitRepoVolumeSource: repository, revision, directory string
GlusterfsVolumeSource: endpoints, path string; readOnly bool
HostPathVolumeSource: path, type string
ISCSIVolumeSource: targetPortal, iqn, iscsiInterface, fsType, initiatorName string; lun int32;
    readOnly, chapAuthDiscovery, chapAuthSession bool; portals []string; secretRef LocalObjectReference
ImageVolumeSource: reference, pullPolicy string
KeyToPath: key, path string; mode int32; user int64 since 37
LocalObjectReference: name string
NFSVolumeSource: server, path string; readOnly bool
PersistentVolumeClaimSpec: accessModes []string; selector LabelSelector; resources VolumeResourceRequirements;
    volumeName, storageClassName, volumeMode, volumeAttributesClassName string;
    dataSource TypedLocalObjectReference; dataSourceRef TypedObjectReference
PersistentVolumeClaimTemplate: metadata ObjectMeta; spec PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource: claimName string; readOnly bool
PhotonPersistentDiskVolumeSource: pdID, fsType string
PodCertificateProjection: signerName, keyType, credentialBundlePath, keyPath, certificateChainPath string;
    maxExpirationSeconds int32; userAnnotations map[string]string since 35; user int64 since 37
PortworxVolumeSource: volumeID, fsType string; readOnly bool
ProjectedVolumeSource: sources []VolumeProjection; defaultMode int32; defaultUser int64 since 37
QuobyteVolumeSource: registry, volume, user, group, tenant string; readOnly bool
RBDVolumeSource: monitors []string; image, fsType, pool, user, keyring string; secretRef LocalObjectReference;
    readOnly bool
ScaleIOVolumeSource: gateway, system, protectionDomain, storagePool, storageMode, volumeName, fsType string;
    secretRef LocalObjectReference; sslEnabled, readOnly bool
SecretProjection: name string; items []KeyToPath; optional bool
SecretVolumeSource: secretName string; items []KeyToPath; defaultMode int32; optional bool;
    defaultUser int64 since 37
ServiceAccountTokenProjection: audience, path string; expirationSeconds int64; user int64 since 37
StorageOSVolumeSource: volumeName, volumeNamespace, fsType string; readOnly bool; secretRef LocalObjectReference
TypedLocalObjectReference: apiGroup, kind, name string
TypedObjectReference: apiGroup, kind, name, namespace string
Volume: name string; hostPath HostPathVolumeSource; emptyDir EmptyDirVolumeSource;
    gcePersistentDisk GCEPersistentDiskVolumeSource; awsElasticBlockStore AWSElasticBlockStoreVolumeSource;
    gitRepo GitRepoVolumeSource; secret SecretVolumeSource; nfs NFSVolumeSource; iscsi ISCSIVolumeSource;
    glusterfs GlusterfsVolumeSource; persistentVolumeClaim PersistentVolumeClaimVolumeSource; rbd RBDVolumeSource;
    flexVolume FlexVolumeSource; cinder CinderVolumeSource; cephfs CephFSVolumeSource; flocker FlockerVolumeSource;
    downwardAPI DownwardAPIVolumeSource; fc FCVolumeSource; azureFile AzureFileVolumeSource;
    configMap ConfigMapVolumeSource; vsphereVolume VsphereVirtualDiskVolumeSource; quobyte QuobyteVolumeSource;
    azureDisk AzureDiskVolumeSource; photonPersistentDisk PhotonPersistentDiskVolumeSource;
    projected ProjectedVolumeSource; portworxVolume PortworxVolumeSource; scaleIO ScaleIOVolumeSource;
    storageos StorageOSVolumeSource; csi CSIVolumeSource; ephemeral EphemeralVolumeSource; image ImageVolumeSource
VolumeProjection: secret SecretProjection; downwardAPI DownwardAPIProjection; configMap ConfigMapProjection;
    serviceAccountToken ServiceAccountTokenProjection; clusterTrustBundle ClusterTrustBundleProjection;
    podCertificate PodCertificateProjection since 34
VolumeResourceRequirements: limits, requests map[string]Quantity
VsphereVirtualDiskVolumeSource: volumePath, fsType, storagePolicyName, storagePolicyID string
"""
